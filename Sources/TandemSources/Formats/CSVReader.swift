internal import TandemJSON

/// Rows of comma-separated values (RFC 4180) with a header; every value is a string.
///
/// A title line before the header is skipped, empty columns without a name are left out.
final class CSVReader: RowReader {
  private var records: CSVRecords
  private let name: String
  private var header: [String] = []
  /// The record behind a header that was read to tell it from a title.
  private var pending: [String]?
  private var row = 0

  init(_ window: ByteWindow, separator: Unicode.Scalar, headerRow: Int?) throws(SourceError) {
    name = window.name
    records = try CSVRecords(window, separator: UInt8(ascii: separator))
    if let headerRow {
      header = try recordNumber(headerRow)
    } else {
      header = try headerBehindTitle()
    }
    try checkHeader()
  }

  func next() throws(SourceError) -> SourceRow? {
    var record = pending.take()
    if record == nil { record = try nextRecord(row: row + 1) }
    guard let fields = record else { return nil }
    row += 1
    guard fields.count == header.count else {
      throw SourceError(
        name, row: row,
        "has \(fields.count) fields, the header \(header.count): is a quote or comma missing?")
    }
    var object = JSONObject()
    for (key, field) in zip(header, fields) where !(key.isEmpty && field.isEmpty) {
      let key = key.isEmpty ? "column \(object.members.count + 1)" : key
      object.members.append(.init(key: key, value: .string(field)))
    }
    return SourceRow(file: name, row: row, value: object)
  }

  /// The next record that is no blank line.
  private func nextRecord(row: Int) throws(SourceError) -> [String]? {
    while let fields = try records.next(row: row) {
      if fields != [""] { return fields }
    }
    return nil
  }

  private func recordNumber(_ number: Int) throws(SourceError) -> [String] {
    for _ in 1..<max(number, 1) { _ = try nextRecord(row: 0) }
    guard let header = try nextRecord(row: 0) else {
      throw SourceError(name, "has no record \(number), which should be the header")
    }
    return header
  }

  private func headerBehindTitle() throws(SourceError) -> [String] {
    guard let first = try nextRecord(row: 0) else { return [] }
    let second = try nextRecord(row: 1)
    let isTitle = first.count(where: { !$0.isEmpty }) == 1
    if isTitle, let second, second.count(where: { !$0.isEmpty }) > 1 { return second }
    pending = second
    return first
  }

  private func checkHeader() throws(SourceError) {
    var seen: Set<String> = []
    for name in header where !name.isEmpty && !seen.insert(name).inserted {
      throw SourceError(
        self.name, "has two columns named `\(SourceName.printable(name))`: rename one")
    }
  }
}
