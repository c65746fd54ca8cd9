/// A table for people: columns as wide as their widest cell, numbers to the right.
struct TextTable {
  /// Where a column's cells stand.
  enum Alignment {
    case left, right
  }

  private let titles: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// A table with these columns.
  init(_ columns: [(String, Alignment)]) {
    titles = columns.map(\.0)
    alignments = columns.map(\.1)
  }

  /// Adds a row with a cell for every column.
  mutating func add(_ cells: [String]) {
    rows.append(cells)
  }

  /// The lines, with a rule below the titles.
  var lines: [String] {
    let all = [titles] + rows
    let widths = titles.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    return [line(titles, widths), rule] + rows.map { line($0, widths) }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for (column, cell) in cells.enumerated() {
      let space = String(repeating: " ", count: widths[column] - cell.count)
      text +=
        (column > 0 ? "  " : "") + (alignments[column] == .right ? space + cell : cell + space)
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
