package import TandemMath

/// A language model's weights, packed for the kernels; immutable, so that any number of threads may use it.
package final class Model: Sendable {
  /// How weights are kept.
  package enum Weights: String, Hashable, Sendable, CaseIterable {
    /// As the checkpoint has them; 16-bit floating point of IEEE 754 as 32 bits.
    case stored
    case float32
    /// Exact for checkpoints in bf16; others are rounded.
    case bfloat16
    /// Matrices in 8 bits with a scale for every 32 weights; a loss that shows.
    case int8
  }

  package let configuration: ModelConfiguration
  /// What activations are multiplied as; 16 bits only where weights are kept in 16 bits.
  package let precision: Precision
  let layers: [ModelLayer]
  /// `[vocabulary, hidden]`.
  let embedding: PackedMatrix
  /// `[vocabulary, hidden]`; the embedding itself where they are tied.
  let head: PackedMatrix
  let finalNorm: Vector

  /// Reads a model's folder.
  ///
  /// - Throws: ``ModelError`` naming file and tensor, or `MemoryError`.
  package convenience init(
    folder: String, weights: Weights = .stored, precision: Precision = .float32,
    merging adapter: Adapter? = nil, threads: Int = 1
  ) throws {
    let configuration = try ModelConfiguration(folder: folder)
    try self.init(
      configuration, from: try Checkpoint(folder: folder), weights: weights, precision: precision,
      merging: adapter, threads: threads)
  }

  /// Packs a model's weights from any source.
  ///
  /// - Parameter adapter: is added to the matrices before they are packed; rounding to 16 or 8 bits comes after.
  /// - Throws: ``ModelError`` naming the tensor, or `MemoryError`.
  package init(
    _ configuration: ModelConfiguration, from source: some WeightSource,
    weights: Weights = .stored, precision: Precision = .float32, merging adapter: Adapter? = nil,
    threads: Int = 1
  ) throws {
    self.configuration = configuration
    self.precision = precision
    let packer = ModelPacker(
      source: source, configuration: configuration, weights: weights, adapter: adapter,
      workers: Workers(threads: threads))
    let shape = [configuration.vocabularySize, configuration.hiddenSize]
    embedding = try packer.matrix(
      [WantedTensor("model.embed_tokens.weight", shape)], inputs: configuration.hiddenSize)
    head =
      configuration.tiedEmbeddings
      ? embedding
      : try packer.matrix(
        [WantedTensor("lm_head.weight", shape)], inputs: configuration.hiddenSize)
    finalNorm = try packer.vector([WantedTensor("model.norm.weight", [configuration.hiddenSize])])
    layers = try (0..<configuration.layerCount).map { try packer.layer($0) }
  }

  /// The bytes that the matrices take.
  package var byteCount: Int {
    let tied = configuration.tiedEmbeddings ? 0 : head.byteCount
    return layers.reduce(embedding.byteCount + tied) { sum, layer in
      sum + layer.queryKeyValue.byteCount + layer.output.byteCount + layer.gateUp.byteCount
        + layer.down.byteCount
    }
  }
}
