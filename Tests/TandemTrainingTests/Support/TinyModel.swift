import TandemJSON
import TandemLM
import TandemRecords
import TandemShards
import TandemTestSupport

@testable import TandemTraining

/// A model of two layers with random weights, on disk.
struct TinyModel {
  let folder: String
  let configuration: ModelConfiguration

  /// Writes the model into a folder of its own.
  init(
    _ architecture: ModelConfiguration.Architecture, tied: Bool, seed: Int, in folder: WorkFolder,
    vocabulary: Int = 24, headScale: Double = 0.3
  ) throws {
    self.folder = folder.path + "/model-\(architecture.rawValue)-\(tied)-\(seed)"
    let (heads, headSize) = (4, architecture == .qwen3 ? 6 : 4)
    configuration = ModelConfiguration(
      architecture: architecture, vocabularySize: vocabulary, hiddenSize: 16, intermediateSize: 20,
      layerCount: 2, headCount: heads, keyValueHeadCount: 2, headSize: headSize,
      tiedEmbeddings: tied)
    try Folder.create(self.folder)
    let json: JSONValue = [
      "model_type": .string(architecture.rawValue), "vocab_size": .number(vocabulary),
      "hidden_size": 16, "intermediate_size": 20, "num_hidden_layers": 2,
      "num_attention_heads": .number(heads), "num_key_value_heads": 2,
      "head_dim": .number(headSize), "rms_norm_eps": .number(1e-6), "rope_theta": 10000,
      "max_position_embeddings": 4096, "tie_word_embeddings": .bool(tied),
      "torch_dtype": "float32",
    ]
    try AtomicFile.write(json.json, to: self.folder + "/config.json")
    var random = Draws(seed: seed)
    let tensors = ModelTensors.all(configuration).map { shape in
      SafetensorsWriter.Tensor(
        name: shape.name, shape: shape.sizes,
        values: (0..<shape.count).map { _ in
          let scale = shape.name == ModelTensors.head ? headScale : 0.3
          return shape.name.hasSuffix("norm.weight")
            ? Float(1 + 0.2 * random.normal()) : Float(scale * random.normal())
        })
    }
    var file = try AtomicFile(self.folder + "/model.safetensors")
    try SafetensorsWriter.write(tensors) { try file.write($0) }
    try file.commit()
  }

  /// All weights in double precision.
  func weights() throws -> [String: [Double]] {
    let checkpoint = try Checkpoint(folder: folder)
    var weights: [String: [Double]] = [:]
    for shape in ModelTensors.all(configuration) {
      guard let (file, _) = checkpoint.tensor(shape.name) else { continue }
      weights[shape.name] = try file.floats(shape.name, shape: shape.sizes).map(Double.init)
    }
    return weights
  }
}

/// Random numbers of a seed.
struct Draws {
  private var sequence: PhiloxSequence

  init(seed: Int) {
    sequence = PhiloxSequence(seed: seed)
  }

  mutating func uniform() -> Double { Double(sequence.next() >> 11) * 0x1p-53 }

  mutating func int(below limit: Int) -> Int { Int(uniform() * Double(limit)) }

  /// The sum of twelve uniform numbers, near enough to a normal one.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}
