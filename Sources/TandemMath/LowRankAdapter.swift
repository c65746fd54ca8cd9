/// A low-rank addition to a linear layer: y = y + scale B (A x).
package final class LowRankAdapter: Sendable {
  /// [rank, inputs].
  package let a: PackedMatrix
  /// [outputs, rank].
  package let b: PackedMatrix
  package let scale: Float

  /// - Parameters:
  ///   - a: [rank, inputs], kept in float32.
  ///   - b: [outputs, rank], kept in float32.
  ///   - scale: alpha / rank, or alpha / sqrt(rank).
  package init(a: PackedMatrix, b: PackedMatrix, scale: Float) {
    precondition(a.outputs == b.inputs, "A has rank \(a.outputs) and B \(b.inputs)")
    self.a = a
    self.b = b
    self.scale = scale
  }

  package var rank: Int { a.outputs }

  /// Adds the adapter's part: x is [rows, inputs], y is [rows, outputs], `hidden` holds at least rows * rank floats.
  package func add(to y: Rows, from x: Rows, hidden: FloatBuffer, on workers: Workers) {
    let inner = hidden.rows(x.count, width: rank)
    a.multiply(x, into: inner, on: workers)
    b.multiplyAdding(inner, scale: scale, into: y, on: workers)
  }
}
