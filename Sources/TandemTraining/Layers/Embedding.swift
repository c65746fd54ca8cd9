/// A row of a table for every token.
struct Embedding {
  /// `[vocabulary, width]`.
  let table: Matrix
  /// Where the table's gradient is added to; nil when it is frozen.
  let gradient: Matrix?

  /// - Parameters:
  ///   - tokens: ids below the table's rows.
  ///   - x: `[tokens, width]`.
  func forward(_ tokens: [Int32], into x: Matrix, _ workers: Workers) {
    workers.forEachRange(of: tokens.count, size: 256) { rows, _ in
      for row in rows { x.row(row).update(from: table.row(Int(tokens[row])), count: table.columns) }
    }
  }

  /// Adds the gradient of every token's row to that of the table.
  ///
  /// A token may occur many times, so workers share columns and take the rows in order.
  ///
  /// - Parameter dx: `[tokens, width]`.
  func backward(_ dx: Matrix, tokens: [Int32], _ workers: Workers) {
    guard let gradient else { return }
    workers.forEachRange(of: table.columns, size: 64) { columns, _ in
      for (row, token) in tokens.enumerated() {
        Rows.add(
          dx.row(row) + columns.lowerBound, to: gradient.row(Int(token)) + columns.lowerBound,
          columns.count)
      }
    }
  }
}
