package import TandemJSON

/// One row of a data file.
package struct SourceRow: Hashable, Sendable {
  /// The name of the file, with `!member` for a file in an archive; relative to the folder given.
  package var file: String
  /// 1-based: the line in JSON Lines, the record behind the header in CSV, else the count of rows.
  package var row: Int
  /// The fields by name.
  package var value: JSONObject

  /// Names a row and holds its fields.
  package init(file: String, row: Int, value: JSONObject) {
    self.file = file
    self.row = row
    self.value = value
  }
}

/// Gives rows one at a time, in constant memory.
protocol RowReader: AnyObject {
  /// The next row; nil behind the last.
  func next() throws(SourceError) -> SourceRow?
}
