internal import CKernels

/// A vector of weights (a bias, a norm's gains) in float32, immutable.
package final class Vector: Sendable {
  private let memory: AlignedMemory
  package let count: Int

  /// Widens a tensor, exactly.
  ///
  /// - Parameters:
  ///   - parts: tensors that follow each other, each of one row.
  /// - Throws: `MemoryError`.
  package init(_ parts: [TensorBytes]) throws {
    count = parts.reduce(0) { $0 + $1.bytes.count / $1.element.size }
    memory = try AlignedMemory(byteCount: count * 4)
    var next = memory.base.bindMemory(to: Float.self, capacity: count)
    for part in parts {
      let elements = part.bytes.count / part.element.size
      guard let start = part.bytes.baseAddress else { continue }
      ck_widen(part.element.kernelValue, start, elements, next)
      next += elements
    }
  }

  /// Copies values.
  package convenience init(_ values: [Float]) throws {
    try self.init(values.withUnsafeBytes { [TensorBytes($0, element: .float32, rows: 1)] })
  }

  /// The values.
  package var values: UnsafeBufferPointer<Float> { UnsafeBufferPointer(start: base, count: count) }

  var base: UnsafePointer<Float> {
    UnsafePointer(memory.base.assumingMemoryBound(to: Float.self))
  }
}
