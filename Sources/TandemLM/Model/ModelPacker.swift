internal import TandemMath

/// Packs the tensors of a source into a model's parts.
struct ModelPacker<Source: WeightSource> {
  let source: Source
  let configuration: ModelConfiguration
  let weights: Model.Weights
  /// An adapter to be added to the matrices.
  let adapter: Adapter?
  let workers: Workers

  func layer(_ index: Int) throws -> ModelLayer {
    let name = "model.layers.\(index)."
    let hidden = configuration.hiddenSize
    func norm(_ part: String, _ size: Int) throws -> Vector {
      try vector([WantedTensor(name + part + ".weight", [size])])
    }
    let hasHeadNorms = configuration.queryNorm
    let attention: [Projection] = [.query, .key, .value]
    return ModelLayer(
      inputNorm: try norm("input_layernorm", hidden),
      queryKeyValue: try projections(attention, layer: index),
      queryKeyValueBias: try bias(attention, layer: index),
      queryNorm: hasHeadNorms ? try norm("self_attn.q_norm", configuration.headSize) : nil,
      keyNorm: hasHeadNorms ? try norm("self_attn.k_norm", configuration.headSize) : nil,
      output: try projections([.output], layer: index),
      outputBias: try bias([.output], layer: index),
      innerNorm: try norm("post_attention_layernorm", hidden),
      gateUp: try projections([.gate, .up], layer: index),
      gateUpBias: try bias([.gate, .up], layer: index),
      down: try projections([.down], layer: index), downBias: try bias([.down], layer: index))
  }

  /// Matrices of one input, stacked.
  private func projections(_ list: [Projection], layer: Int) throws -> PackedMatrix {
    let wanted = list.map { projection in
      let shape = projection.shape(configuration)
      return WantedTensor(
        projection.module(layer: layer) + ".weight", [shape.outputs, shape.inputs])
    }
    let inputs = wanted.first?.shape[1] ?? 0
    guard let pairs = adapter?.layers[layer], list.contains(where: { pairs[$0] != nil }) else {
      return try matrix(wanted, inputs: inputs)
    }
    return try merged(list.map { pairs[$0] }, wanted, inputs: inputs)
  }

  private func bias(_ list: [Projection], layer: Int) throws -> Vector? {
    guard list.allSatisfy({ $0.hasBias(configuration) }) else { return nil }
    return try vector(
      list.map {
        WantedTensor($0.module(layer: layer) + ".bias", [$0.shape(configuration).outputs])
      })
  }

  func matrix(_ wanted: [WantedTensor], inputs: Int) throws -> PackedMatrix {
    try source.withTensors(wanted) { try pack($0, inputs: inputs) }
  }

  func vector(_ wanted: [WantedTensor]) throws -> Vector {
    try source.withTensors(wanted) { try Vector($0) }
  }

  private func pack(_ parts: [TensorBytes], inputs: Int) throws -> PackedMatrix {
    try PackedMatrix(parts, inputs: inputs, storage: storage(parts), workers: workers)
  }

  private func storage(_ parts: [TensorBytes]) -> PackedMatrix.Storage {
    switch weights {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .int8: .int8
    // Stacked parts that differ are kept in the wider type.
    case .stored: parts.allSatisfy { $0.element == .bfloat16 } ? .bfloat16 : .float32
    }
  }

  /// The matrices with `scale * B A` added to those that have a pair, in 32 bits.
  private func merged(_ pairs: [Adapter.Pair?], _ wanted: [WantedTensor], inputs: Int) throws
    -> PackedMatrix
  {
    try source.withTensors(wanted) { parts in
      let storage = storage(parts)
      let outputs = parts.reduce(0) { $0 + $1.rows }
      let sum = try FloatBuffer(capacity: outputs * inputs)
      var first = 0
      for (part, pair) in zip(parts, pairs) {
        let rows = sum.rows(outputs, width: inputs).rows(first..<first + part.rows)
        first += part.rows
        SafetensorsFile.widen(
          part.bytes, part.element,
          into: UnsafeMutableBufferPointer(start: rows.base, count: part.rows * inputs))
        if let pair { try add(pair, to: rows, inputs: inputs) }
      }
      let whole = UnsafeRawBufferPointer(start: sum.base, count: outputs * inputs * 4)
      return try PackedMatrix(
        [TensorBytes(whole, element: .float32, rows: outputs)], inputs: inputs, storage: storage,
        workers: workers)
    }
  }

  private func add(_ pair: Adapter.Pair, to rows: Rows, inputs: Int) throws {
    guard let adapter else { return }
    let rank = adapter.rank
    // B A is the product of B's rows with the transpose of A.
    var transposed = [Float](repeating: 0, count: inputs * rank)
    for row in 0..<rank {
      for column in 0..<inputs { transposed[column * rank + row] = pair.a[row * inputs + column] }
    }
    let a = try transposed.withUnsafeBytes {
      try PackedMatrix(
        [TensorBytes($0, element: .float32, rows: inputs)], inputs: rank, storage: .float32,
        workers: workers)
    }
    let b = try FloatBuffer(capacity: rows.count * rank)
    pair.b.withUnsafeBufferPointer { values in
      if let start = values.baseAddress { b.base.update(from: start, count: values.count) }
    }
    a.multiplyAdding(
      b.rows(rows.count, width: rank), scale: adapter.scale, into: rows, on: workers)
  }
}
