/// What is wrong with the inputs of a training run, where, and what to do: one line.
package struct TrainingError: Error, Hashable, CustomStringConvertible {
  /// The file or folder, as the user would name it; empty when none is at fault.
  package let path: String
  /// One clause, with what to do where that is known.
  package let message: String

  /// An error that no file is at fault for.
  package init(_ message: String) {
    self.init("", message)
  }

  /// An error about a file or a folder.
  package init(_ path: String, _ message: String) {
    self.path = path
    self.message = message
  }

  /// `path: message`.
  package var description: String {
    path.isEmpty ? message : "\(path): \(message)"
  }
}
