internal import TandemPrompts
internal import TandemShards

/// A template that the user has written.
enum TemplateFile {
  /// The largest file that is taken for one.
  private static let limit = 1 << 20

  /// The text, without one line end at its end.
  static func text(_ path: String) throws -> String {
    let file = try InputFile(path)
    guard file.size <= limit else { throw PromptError(path, "is too large for a template") }
    let bytes = try file.bytes(at: 0, count: file.size)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PromptError(path, "is not UTF-8")
    }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
