/// Why rows cannot be read: one line that says what is wrong, where, and what to do.
///
/// Never holds the text of a row.
package struct SourceError: Error, Hashable, CustomStringConvertible {
  /// The name of the file, with `!member` for a file in an archive; empty when none is at fault.
  package var file: String
  /// 1-based row, where one is at fault.
  package var row: Int?
  /// What is wrong and what to do.
  package var message: String

  /// An error about a file, or about one of its rows.
  package init(_ file: String, row: Int? = nil, _ message: String) {
    self.file = file
    self.row = row
    self.message = message
  }

  /// `file: row 7: message`.
  package var description: String {
    let place = [file.isEmpty ? nil : file, row.map { "row \($0)" }].compactMap(\.self)
    return (place + [message]).joined(separator: ": ")
  }
}
