internal import CKernels

/// Root mean square normalisation: y = x / sqrt(mean(x^2) + epsilon) * weight, row by row.
///
/// The mean is taken in one fixed order of additions. A row with a NaN or an infinity becomes NaN.
package struct RMSNorm: Sendable {
  /// The gain of every column.
  package let weight: Vector
  package let epsilon: Float

  package init(weight: Vector, epsilon: Float) {
    self.weight = weight
    self.epsilon = epsilon
  }

  /// Normalises every row of x into y; both are [rows, width] with the width of the weight, and may be the same.
  package func callAsFunction(_ x: Rows, into y: Rows, on workers: Workers) {
    precondition(x.width == weight.count && y.width == weight.count, "a norm of \(weight.count)")
    precondition(x.count == y.count, "x has \(x.count) rows and y has \(y.count)")
    let kernels = workers.kernels
    workers.split(x.count, cost: 4 * x.width) { range, _ in
      for row in range {
        kernels.pointee.rms_norm(
          x.pointer(row), weight.base, epsilon, x.width, y.pointer(row))
      }
    }
  }

  /// Normalises in place every group of columns that is as wide as the weight: the norms of queries and keys, head by head.
  package func normalizeHeads(of x: Rows, on workers: Workers) {
    let width = weight.count
    precondition(width > 0 && x.width % width == 0, "heads of \(width) in rows of \(x.width)")
    let kernels = workers.kernels
    workers.split(x.count, cost: 4 * x.width) { range, _ in
      for row in range {
        for head in 0..<x.width / width {
          let start = x.pointer(row) + head * width
          kernels.pointee.rms_norm(start, weight.base, epsilon, width, start)
        }
      }
    }
  }
}
