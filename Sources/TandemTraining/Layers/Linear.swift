/// y = x W^T + b, and what an adapter adds.
///
/// Projections that read the same x may be stacked: their outputs stand side by side.
struct Linear {
  /// W, `[outputs, inputs]`.
  let weight: Matrix
  /// Where dL/dW is added to; nil when W is frozen.
  var weightGradient: Matrix?
  /// b, `[1, outputs]`.
  var bias: Matrix?
  /// Where dL/db is added to; nil when b is frozen.
  var biasGradient: Matrix?
  var adapter: LowRank?

  var outputs: Int { weight.rows }
  var inputs: Int { weight.columns }
  /// The width of the adapter's inner product.
  var ranks: Int { adapter?.a.value.rows ?? 0 }

  /// - Parameters:
  ///   - x: `[rows, inputs]`.
  ///   - u: x A^T for the way back, `[rows, ranks]`; nil switches the adapter off.
  ///   - y: `[rows, outputs]`.
  ///   - adding: whether y is added to.
  func forward(_ x: Matrix, u: Matrix?, into y: Matrix, adding: Bool = false, _ workers: Workers) {
    let adapter = u == nil ? nil : adapter
    if let adapter, let u { adapter.forward(x, into: u, workers) }
    workers.forEachTile(rows: y.rows, columns: outputs) { rows, columns, _ in
      let tile = y.rows(rows).columns(columns)
      BLAS.multiply(
        x.rows(rows), weight.rows(columns).transposed, into: tile, adding: adding)
      if let adapter, let u { adapter.add(u, to: y, rows: rows, columns: columns) }
      if let bias {
        for row in 0..<tile.rows {
          Rows.add(bias.base + columns.lowerBound, to: tile.row(row), columns.count)
        }
      }
    }
  }

  /// dx = dy W + du A, with du = scale * dy B.
  ///
  /// - Parameters:
  ///   - dy: `[rows, outputs]`.
  ///   - du: receives the adapter's part for ``addGradients(_:x:u:du:_:)``, `[rows, ranks]`.
  ///   - dx: `[rows, inputs]`; nil when nobody needs it.
  func backward(_ dy: Matrix, du: Matrix, into dx: Matrix?, _ workers: Workers) {
    adapter?.backward(dy, into: du, workers)
    guard let dx else { return }
    workers.forEachTile(rows: dx.rows, columns: inputs) { rows, columns, _ in
      let tile = dx.rows(rows).columns(columns)
      BLAS.multiply(dy.rows(rows), weight.columns(columns), into: tile)
      guard let adapter else { return }
      BLAS.multiply(du.rows(rows), adapter.a.value.columns(columns), into: tile, adding: true)
    }
  }

  /// dW += dy^T x; db += the sum of dy over rows; for the adapter see ``LowRank``.
  ///
  /// - Parameters:
  ///   - dy: `[rows, outputs]`.
  ///   - x: `[rows, inputs]`.
  ///   - u: what the way there left, `[rows, ranks]`.
  ///   - du: what ``backward(_:du:into:_:)`` left, `[rows, ranks]`.
  func addGradients(_ dy: Matrix, x: Matrix, u: Matrix, du: Matrix, _ workers: Workers) {
    adapter?.addGradients(dy, x: x, u: u, du: du, workers)
    if let weightGradient { workers.multiply(dy.transposed, x, into: weightGradient, adding: true) }
    guard let biasGradient else { return }
    workers.forEachRange(of: outputs, size: 128) { columns, _ in
      for row in 0..<dy.rows {
        Rows.add(
          dy.row(row) + columns.lowerBound, to: biasGradient.base + columns.lowerBound,
          columns.count)
      }
    }
  }
}
