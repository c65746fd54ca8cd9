/// How files and members are named in rows and messages: never with a folder of the machine.
enum SourceName {
  /// The last part of a path, on one line.
  static func last(of path: String) -> String {
    printable(path.split(separator: "/").last.map(String.init) ?? path)
  }

  /// The part of the name behind its last dot, in lower case; empty when there is none.
  static func suffix(of name: String) -> String {
    let last = last(of: name)
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return "" }
    return last[last.index(after: dot)...].lowercased()
  }

  /// The text with control characters replaced, so that it stays on one line.
  static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      || scalar.value == 0x2028 || scalar.value == 0x2029
  }
}
