/// What is wrong with a stored file, where, and what to do; never a row's text.
package struct ShardError: Error, Hashable, CustomStringConvertible {
  /// The file or folder, as the user would name it.
  package let path: String
  /// 1-based row in the file.
  package let row: Int?
  /// One clause, with what to do where that is known.
  package let message: String

  package init(_ path: String, row: Int? = nil, _ message: String) {
    self.path = path
    self.row = row
    self.message = message
  }

  package var description: String {
    row.map { "\(path): row \($0): \(message)" } ?? "\(path): \(message)"
  }
}

/// Thrown when the user interrupts; what is finished is kept.
package struct Interrupted: Error, CustomStringConvertible {
  package init() {}

  package var description: String { "interrupted" }
}
