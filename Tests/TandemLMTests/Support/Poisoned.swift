import TandemMath

@testable import TandemLM

/// Made-up weights, with an embedding that is no number for one id.
struct Poisoned: WeightSource {
  var id = 0

  func withTensors<Result>(
    _ wanted: [WantedTensor], _ body: ([TensorBytes]) throws -> Result
  ) throws -> Result {
    let weights = RandomWeights()
    guard let embedding = wanted.first, embedding.name == "model.embed_tokens.weight" else {
      return try weights.withTensors(wanted, body)
    }
    var values = weights.values(embedding)
    values[id * embedding.shape[1]] = .nan
    return try values.withUnsafeBytes {
      try body([TensorBytes($0, element: .float32, rows: embedding.shape[0])])
    }
  }
}
