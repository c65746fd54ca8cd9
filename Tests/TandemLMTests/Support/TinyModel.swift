@testable import TandemLM

/// Small models with made-up weights.
enum TinyModel {
  static func configuration(
    _ architecture: ModelConfiguration.Architecture = .qwen2, vocabulary: Int = 97
  ) -> ModelConfiguration {
    ModelConfiguration(
      architecture: architecture, vocabularySize: vocabulary, hiddenSize: 40, intermediateSize: 56,
      layerCount: 2, headCount: 6, keyValueHeadCount: 2, headSize: 12, maximumPositions: 512,
      tiedEmbeddings: architecture != .llama)
  }

  static func make(
    _ configuration: ModelConfiguration = configuration(), seed: Int = 1,
    type: TensorType = .f32, weights: Model.Weights = .stored, merging adapter: Adapter? = nil
  ) throws -> Model {
    try Model(
      configuration, from: RandomWeights(seed: seed, type: type), weights: weights,
      merging: adapter)
  }

  /// An adapter of all matrices.
  static func adapter(_ configuration: ModelConfiguration, rank: Int = 3, seed: Int = 5) -> Adapter
  {
    let weights = RandomWeights(seed: seed)
    return Adapter(
      rank: rank, scale: 0.75,
      layers: (0..<configuration.layerCount).map { layer in
        var pairs: [Projection: Adapter.Pair] = [:]
        for projection in Projection.allCases {
          let shape = projection.shape(configuration)
          let module = projection.module(layer: layer)
          pairs[projection] = Adapter.Pair(
            a: weights.values(WantedTensor(module + ".a", [rank, shape.inputs])),
            b: weights.values(WantedTensor(module + ".b", [shape.outputs, rank])))
        }
        return pairs
      })
  }
}
