/// What is wrong with a prompt's template, where, and what to do.
package struct PromptError: Error, Hashable, CustomStringConvertible {
  /// The file, as the user would name it.
  package let place: String
  /// One clause, with what to do where that is known.
  package let message: String

  package init(_ place: String, _ message: String) {
    self.place = place
    self.message = message
  }

  package var description: String { "\(place): \(message)" }
}
