internal import ArgumentParser

/// A folder, with the name of the model that it belongs to where one is given.
struct NamedFolder {
  let name: String?
  let folder: String

  /// Reads `NAME=DIR` or `DIR`.
  init(_ text: String) throws {
    guard let mark = text.firstIndex(of: "=") else {
      name = nil
      folder = text
      return
    }
    name = String(text[..<mark])
    folder = String(text[text.index(after: mark)...])
    guard name?.isEmpty == false, !folder.isEmpty else {
      throw ValidationError("`\(text)` is not NAME=DIR.")
    }
  }
}
