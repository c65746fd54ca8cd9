/// How rows are dealt into parts: in order, in runs whose lengths differ by at most one.
struct PartDeal: Hashable {
  let rows: Int
  let parts: Int

  /// Rows of a part when the number of parts is not given.
  private static let rowsPerPart = 256
  private static let mostParts = 64

  /// Deals into the parts wanted, or into enough for threads and cluster tasks to share.
  init(rows: Int, parts: Int?) {
    self.rows = rows
    let enough = (rows + Self.rowsPerPart - 1) / Self.rowsPerPart
    self.parts = parts ?? min(max(1, enough), Self.mostParts)
  }

  /// The rows of a part.
  func range(_ part: Int) -> Range<Int> {
    start(part)..<start(part + 1)
  }

  private func start(_ part: Int) -> Int {
    rows / parts * part + min(part, rows % parts)
  }
}
