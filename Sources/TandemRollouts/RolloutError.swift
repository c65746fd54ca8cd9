/// What is wrong with a model, an engine or the cache, where, and what to do; never a trace's text.
package struct RolloutError: Error, Hashable, CustomStringConvertible {
  /// The model, file or folder, as the user would name it.
  package let place: String
  /// One clause, with what to do where that is known.
  package let message: String

  package init(_ place: String, _ message: String) {
    self.place = place
    self.message = message
  }

  package var description: String { "\(place): \(message)" }
}
