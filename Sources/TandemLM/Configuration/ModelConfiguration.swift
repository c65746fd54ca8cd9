/// What `config.json` says about a model, checked and bounded.
package struct ModelConfiguration: Hashable, Sendable {
  /// The architectures that can be run.
  package enum Architecture: String, Hashable, Sendable, CaseIterable {
    case qwen2, qwen3, llama
  }

  package var architecture: Architecture
  /// The number of token ids; ids are below it.
  package var vocabularySize: Int
  /// The width of the residual stream.
  package var hiddenSize: Int
  /// The width inside the feed-forward part.
  package var intermediateSize: Int
  package var layerCount: Int
  /// The number of query heads.
  package var headCount: Int
  /// The number of key and value heads, which divides the number of query heads.
  package var keyValueHeadCount: Int
  /// The width of a head, even; heads together need not be as wide as the residual stream.
  package var headSize: Int
  /// What is added to the mean square in every norm.
  package var normEpsilon: Double
  /// The base of the rotary frequencies.
  package var rotaryTheta = 10_000.0
  /// How rotary frequencies are stretched.
  package var rotaryScaling = RotaryScaling.none
  /// The number of positions that the model was made for.
  package var maximumPositions: Int
  /// Whether the head's matrix is that of the embedding.
  package var tiedEmbeddings: Bool
  /// Whether q, k and v have a bias.
  package var queryBias: Bool
  /// Whether the attention's output has a bias.
  package var outputBias: Bool
  /// Whether the three parts of the feed-forward have a bias.
  package var feedForwardBias: Bool
  /// The ids that end a text, of `config.json` and `generation_config.json` together.
  package var endIDs: [Int32] = []
  /// The id that begins a text, where one is named.
  package var beginID: Int32?

  /// Whether every head of q and k has a norm.
  package var queryNorm: Bool { architecture == .qwen3 }

  /// Reads `config.json`, and `generation_config.json` where there is one, in the styles of transformers 4 and 5.
  ///
  /// - Throws: ``ModelError`` naming the file and the field: for unknown architectures, and for everything that would
  ///   change the model's numbers and is not supported.
  package init(folder: String) throws(ModelError) {
    let path = folder + "/config.json"
    try self.init(ConfigurationFields(try JSONFile.object(path), file: path))
    let generation = folder + "/generation_config.json"
    guard JSONFile.exists(generation) else { return }
    let fields = ConfigurationFields(try JSONFile.object(generation), file: generation)
    for id in try fields.ids("eos_token_id", below: vocabularySize) where !endIDs.contains(id) {
      endIDs.append(id)
    }
  }

  /// A configuration from its parts, for models that stand in no folder.
  package init(
    architecture: Architecture, vocabularySize: Int, hiddenSize: Int, intermediateSize: Int,
    layerCount: Int, headCount: Int, keyValueHeadCount: Int, headSize: Int,
    normEpsilon: Double = 1e-6, maximumPositions: Int = 4096, tiedEmbeddings: Bool = false
  ) {
    self.architecture = architecture
    self.vocabularySize = vocabularySize
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.layerCount = layerCount
    self.headCount = headCount
    self.keyValueHeadCount = keyValueHeadCount
    self.headSize = headSize
    self.normEpsilon = normEpsilon
    self.maximumPositions = maximumPositions
    self.tiedEmbeddings = tiedEmbeddings
    queryBias = architecture == .qwen2
    outputBias = false
    feedForwardBias = false
  }
}

extension ModelConfiguration {
  /// The bytes that keys and values of one token take in all layers, as 32-bit numbers; values in whole vectors of 16.
  package var cacheBytesPerToken: Int {
    4 * layerCount * keyValueHeadCount * (headSize + (headSize + 15) / 16 * 16)
  }

  /// The number of weights.
  package var parameterCount: Int {
    let query = headCount * headSize
    let keyValue = keyValueHeadCount * headSize
    let biases =
      (queryBias ? query + 2 * keyValue : 0) + (outputBias ? hiddenSize : 0)
      + (feedForwardBias ? 2 * intermediateSize + hiddenSize : 0) + (queryNorm ? 2 * headSize : 0)
    let layer =
      2 * hiddenSize + hiddenSize * (2 * query + 2 * keyValue + 3 * intermediateSize) + biases
    return (tiedEmbeddings ? 1 : 2) * vocabularySize * hiddenSize + hiddenSize + layerCount * layer
  }
}
