/// y = w * x / sqrt(mean(x^2) + epsilon), over rows of one width.
///
/// Zhang and Sennrich, https://arxiv.org/abs/1910.07467.
struct RMSNorm {
  /// w, `[1, width]`.
  let weight: Matrix
  /// Where dL/dw is added to, `[1, width]`; nil when w is frozen.
  let gradient: Matrix?
  let epsilon: Float

  /// - Parameters:
  ///   - x: `[rows, width]`.
  ///   - inverse: 1 / sqrt(mean(x^2) + epsilon) of every row, for the way back, `[rows, 1]`.
  ///   - y: `[rows, width]`; may be x itself.
  func forward(_ x: Matrix, inverse: Matrix, into y: Matrix, _ workers: Workers) {
    workers.forEachRange(of: x.rows, size: Self.rowsAtOnce) { rows, _ in
      for row in rows {
        let source = x.row(row)
        let mean = Rows.dot(source, source, x.columns) / Float(x.columns)
        inverse.row(row)[0] = 1 / (mean + epsilon).squareRoot()
        scale(source, by: inverse.row(row)[0], into: y.row(row))
      }
    }
  }

  /// The result of ``forward(_:inverse:into:_:)`` again, from the inverses that it left.
  func again(_ x: Matrix, inverse: Matrix, into y: Matrix, _ workers: Workers) {
    workers.forEachRange(of: x.rows, size: Self.rowsAtOnce) { rows, _ in
      for row in rows { scale(x.row(row), by: inverse.row(row)[0], into: y.row(row)) }
    }
  }

  /// With n = x * inverse: dx = inverse * (w dy - n mean(w dy n)), and dw = sum over rows of dy n.
  ///
  /// - Parameters:
  ///   - dy: `[rows, width]`.
  ///   - dx: `[rows, width]`; may be dy itself unless it is added to.
  ///   - adding: whether dx is added to what stands there.
  func backward(
    _ dy: Matrix, x: Matrix, inverse: Matrix, into dx: Matrix, adding: Bool, _ workers: Workers
  ) {
    let width = x.columns
    if let gradient { addWeightGradient(dy, x, inverse, to: gradient, workers) }
    let w = weight.base
    workers.forEachRange(of: x.rows, size: Self.rowsAtOnce) { rows, _ in
      for row in rows {
        let (x, dy, dx, inverse) = (x.row(row), dy.row(row), dx.row(row), inverse.row(row)[0])
        var sum: Float = 0
        var lanes = Lanes.zero
        let whole = width & ~7
        for index in stride(from: 0, to: whole, by: 8) {
          lanes += Lanes(at: w + index) * Lanes(at: dy + index) * Lanes(at: x + index)
        }
        sum = lanes.sum()
        for index in whole..<width { sum += w[index] * dy[index] * x[index] }
        let share = inverse * inverse * inverse * sum / Float(width)
        if adding {
          for index in 0..<width { dx[index] += inverse * w[index] * dy[index] - share * x[index] }
        } else {
          for index in 0..<width { dx[index] = inverse * w[index] * dy[index] - share * x[index] }
        }
      }
    }
  }

  /// Columns are shared among workers, so that every sum runs over the rows in order.
  private func addWeightGradient(
    _ dy: Matrix, _ x: Matrix, _ inverse: Matrix, to gradient: Matrix, _ workers: Workers
  ) {
    workers.forEachRange(of: x.columns, size: 128) { columns, _ in
      for row in 0..<x.rows {
        let (x, dy, inverse) = (x.row(row), dy.row(row), inverse.row(row)[0])
        for column in columns { gradient.base[column] += dy[column] * x[column] * inverse }
      }
    }
  }

  private func scale(
    _ x: UnsafePointer<Float>, by inverse: Float, into y: UnsafeMutablePointer<Float>
  ) {
    let w = weight.base
    for index in 0..<weight.columns { y[index] = w[index] * (x[index] * inverse) }
  }

  private static let rowsAtOnce = 64
}
