extension Workers {
  /// Cuts a result of `rows` times `columns` into tiles, large enough for OpenBLAS to reach its speed.
  func forEachTile(
    rows: Int, columns: Int,
    _ body: (_ rows: Range<Int>, _ columns: Range<Int>, _ lane: Int) -> Void
  ) {
    let rowCuts = Cuts(rows, size: TileSize.rows)
    let columnCuts = Cuts(columns, size: TileSize.columns)
    forEach(rowCuts.count * columnCuts.count) { index, lane in
      // Neighbouring pieces share columns: those are the larger operand, the weights.
      body(rowCuts[index % rowCuts.count], columnCuts[index / rowCuts.count], lane)
    }
  }

  /// `result = scale * a b`, or added to what `result` holds, shared by tiles of the result.
  func multiply(
    _ a: some Operand, _ b: some Operand, scale: Float = 1, into result: Matrix,
    adding: Bool = false
  ) {
    forEachTile(rows: result.rows, columns: result.columns) { rows, columns, _ in
      BLAS.multiply(
        a.rows(rows), b.columns(columns), scale: scale, into: result.rows(rows).columns(columns),
        adding: adding)
    }
  }
}

/// The largest tiles of a shared product.
private enum TileSize {
  static let rows = 256
  static let columns = 1024
}
