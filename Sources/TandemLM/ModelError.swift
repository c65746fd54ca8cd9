/// What is wrong with a model's files or with what is asked of a model: one line, and what to do.
package struct ModelError: Error, Hashable, CustomStringConvertible {
  /// The path of the file, or of the folder; empty when none is at fault.
  package let file: String
  /// One clause, with what to do where that is known.
  package let message: String

  /// An error about a file.
  package init(_ file: String, _ message: String) {
    self.file = file
    self.message = message
  }

  /// `file: message`.
  package var description: String {
    file.isEmpty ? message : "\(file): \(message)"
  }
}

extension String {
  /// The text between back quotes, on one line and of bounded length, for names that come out of files.
  var quoted: String {
    let limit = 120
    let printable = unicodeScalars.prefix(limit).map { scalar in
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      return isControl || scalar == "\u{2028}" || scalar == "\u{2029}" ? "?" : Character(scalar)
    }
    return "`" + String(printable) + (unicodeScalars.count > limit ? "..." : "") + "`"
  }
}
