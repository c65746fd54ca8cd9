package import TandemMath

/// Where a model's weights come from, by their names in a checkpoint.
package protocol WeightSource {
  /// Gives tensors, which must have these shapes, to `body`; their bytes are valid during the call.
  ///
  /// - Throws: ``ModelError`` for a tensor that is missing, of another shape or no weight; what `body` throws.
  func withTensors<Result>(
    _ wanted: [WantedTensor], _ body: ([TensorBytes]) throws -> Result
  ) throws -> Result
}

/// A tensor that a model needs.
package struct WantedTensor: Hashable, Sendable {
  /// The name in a checkpoint.
  package var name: String
  /// The sizes, the slowest varying first.
  package var shape: [Int]

  /// A tensor by name and shape.
  package init(_ name: String, _ shape: [Int]) {
    self.name = name
    self.shape = shape
  }
}

extension Checkpoint: WeightSource {
  package func withTensors<Result>(
    _ wanted: [WantedTensor], _ body: ([TensorBytes]) throws -> Result
  ) throws -> Result {
    try withTensors(wanted[...], [], body)
  }

  private func withTensors<Result>(
    _ wanted: ArraySlice<WantedTensor>, _ found: [TensorBytes],
    _ body: ([TensorBytes]) throws -> Result
  ) throws -> Result {
    guard let next = wanted.first else { return try body(found) }
    guard let file = tensor(next.name)?.file ?? files.first else {
      throw ModelError(folder, "tensor \(next.name.quoted) is missing")
    }
    let entry = try file.weight(next.name, shape: next.shape)
    // What is packed is not needed any more.
    defer { file.forget(entry) }
    return try file.withBytes(of: entry) { bytes in
      let rows = next.shape.count > 1 ? next.shape[0] : 1
      let tensor = TensorBytes(bytes, element: entry.type.element, rows: rows)
      return try withTensors(wanted.dropFirst(), found + [tensor], body)
    }
  }
}

extension TensorType {
  /// The type as kernels name it; only for types that weights may have.
  var element: ElementType {
    switch self {
    case .bf16: .bfloat16
    case .f16: .float16
    default: .float32
    }
  }
}
