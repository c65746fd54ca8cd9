/// Why a tokenizer cannot be read: one line that says what is wrong, where, and what to do.
package struct TokenizerError: Error, Hashable, CustomStringConvertible {
  /// The path of the file, or of the folder; empty when none is at fault.
  package var file: String
  /// What is wrong and what to do.
  package var message: String

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
