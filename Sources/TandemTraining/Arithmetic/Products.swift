extension Workers {
  /// Cuts a result of `rows` times `columns` into tiles.
  ///
  /// OpenBLAS rearranges both factors of every tile first, so that tiles should be large; where rows alone give few, columns
  /// are cut further, because threads need some to share.
  func forEachTile(
    rows: Int, columns: Int,
    _ body: (_ rows: Range<Int>, _ columns: Range<Int>, _ lane: Int) -> Void
  ) {
    let rowCuts = Cuts(rows, size: TileSize.rows)
    let wanted = (TileSize.fewest + rowCuts.count - 1) / max(rowCuts.count, 1)
    let columnCuts = Cuts(
      columns, size: max(min(TileSize.columns, (columns + wanted - 1) / wanted), TileSize.narrowest)
    )
    forEach(rowCuts.count * columnCuts.count) { index, lane in
      // Neighbouring pieces share columns: those are the larger factor, the weights.
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

/// The tiles of a shared product.
private enum TileSize {
  static let rows = 512
  static let columns = 1024
  static let narrowest = 128
  static let fewest = 4
}
