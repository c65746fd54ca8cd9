internal import TandemMath

/// An adapter's matrices, packed for the kernels, to be applied beside the model's own.
struct PackedAdapter {
  let rank: Int
  private let layers: [[Projection: LowRankAdapter]]

  /// Packs an adapter of a model with this configuration.
  ///
  /// - Throws: ``ModelError`` when it is not for such a model, `MemoryError`.
  init(_ adapter: Adapter, _ configuration: ModelConfiguration, workers: Workers) throws {
    guard adapter.layers.count == configuration.layerCount else {
      throw ModelError(
        "",
        "the adapter has \(adapter.layers.count) layers, and the model \(configuration.layerCount)")
    }
    rank = adapter.rank
    func pack(_ values: [Float], outputs: Int, inputs: Int) throws -> PackedMatrix {
      try values.withUnsafeBytes {
        try PackedMatrix(
          [TensorBytes($0, element: .float32, rows: outputs)], inputs: inputs, storage: .float32,
          workers: workers)
      }
    }
    layers = try adapter.layers.map { pairs in
      var packed: [Projection: LowRankAdapter] = [:]
      for (projection, pair) in pairs {
        let shape = projection.shape(configuration)
        packed[projection] = LowRankAdapter(
          a: try pack(pair.a, outputs: adapter.rank, inputs: shape.inputs),
          b: try pack(pair.b, outputs: shape.outputs, inputs: adapter.rank), scale: adapter.scale)
      }
      return packed
    }
  }

  /// Adds the part of one matrix of a layer to `y`, where it has an adapter.
  func add(
    _ projection: Projection, layer: Int, from x: Rows, to y: Rows, hidden: FloatBuffer,
    on workers: Workers
  ) {
    layers[layer][projection]?.add(to: y, from: x, hidden: hidden, on: workers)
  }
}
