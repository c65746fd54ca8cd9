/// A model as the user names it: `NAME=embedded:DIR`, `NAME=DIR`, or only the second half.
package struct ModelSpec: Hashable, Sendable {
  /// The name in the team.
  package let name: String
  /// The folder of the checkpoint.
  package let folder: String

  /// Reads a specification; without a name the folder's is taken.
  ///
  /// - Throws: ``RolloutError`` when it has no usable name, or names an engine that there is not.
  package init(_ text: String) throws {
    let (name, source) = Self.split(text)
    let folder = try Self.folder(source, of: text)
    self.folder = folder
    self.name = try Self.checked(name ?? Self.lastComponent(of: folder), of: text)
  }

  /// Splits `NAME=REST`; an equals sign behind a slash or a colon belongs to a path or an address.
  static func split(_ text: String) -> (name: String?, rest: String) {
    guard let sign = text.firstIndex(of: "="),
      !text[..<sign].contains(where: { $0 == "/" || $0 == ":" })
    else { return (nil, text) }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  private static func folder(_ source: String, of text: String) throws -> String {
    if source.hasPrefix("openai:") {
      throw RolloutError(
        text, "endpoints (openai:URL#MODEL) are not supported yet; give a model's folder")
    }
    let prefix = "embedded:"
    var folder = source.hasPrefix(prefix) ? String(source.dropFirst(prefix.count)) : source
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    guard !folder.isEmpty else { throw RolloutError(text, "names no folder; give NAME=DIR") }
    return folder
  }

  private static func lastComponent(of folder: String) -> String {
    folder.split(separator: "/").last.map { String($0) } ?? folder
  }

  /// Names become folders and lists apart by commas.
  static func checked(_ name: String, of text: String) throws -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isPlain, !name.isEmpty, !name.hasPrefix(".") else {
      throw RolloutError(
        text, "gives no usable name; write NAME=DIR with letters, digits, `.`, `_` and `-`")
    }
    return name
  }
}

/// An adapter as the user names it: `NAME=DIR` with the model's name.
package struct AdapterSpec: Hashable, Sendable {
  /// The model's name in the team.
  package let name: String
  /// The adapter's folder.
  package let folder: String

  /// Reads a specification.
  ///
  /// - Throws: ``RolloutError`` when it is not `NAME=DIR`.
  package init(_ text: String) throws {
    let (name, folder) = ModelSpec.split(text)
    guard let name, !folder.isEmpty else {
      throw RolloutError(text, "is not NAME=DIR, with the name of a model")
    }
    self.name = try ModelSpec.checked(name, of: text)
    self.folder = folder
  }
}
