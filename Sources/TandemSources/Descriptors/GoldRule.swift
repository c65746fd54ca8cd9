/// How the gold answer is taken from its field.
package enum GoldRule: String, CaseIterable, Sendable {
  /// All of it, without blanks at its ends.
  case whole
  /// What follows the last `####`, as GSM8K writes it.
  case hashes
  /// The argument of the last `\boxed` or `\fbox`, as MATH writes it.
  case lastBoxed = "last-boxed"
  /// The letter, or 0-based number, of the right option.
  case letter

  /// Takes the answer; nil when the text has none.
  package func answer(in text: String) -> String? {
    let found: Substring? =
      switch self {
      case .whole, .letter: text[...]
      case .hashes: Self.behindHashes(text)
      case .lastBoxed: Self.lastBoxed(text)
      }
    guard let answer = found.map(Self.trimmed), !answer.isEmpty else { return nil }
    return String(answer)
  }

  private static func behindHashes(_ text: String) -> Substring? {
    let bytes = text.utf8
    var run = 0
    // Backwards, so that the last marker is the first one found.
    for index in bytes.indices.reversed() {
      run = bytes[index] == UInt8(ascii: "#") ? run + 1 : 0
      guard run == 4 else { continue }
      let start = bytes.index(index, offsetBy: 4)
      let line = text[start...]
      return line.prefix { !$0.isNewline }
    }
    return nil
  }

  private static func lastBoxed(_ text: String) -> Substring? {
    let bytes = Array(text.utf8)
    let commands = ["\\boxed", "\\fbox"].map { Array($0.utf8) }
    for start in bytes.indices.reversed() where bytes[start] == UInt8(ascii: "\\") {
      guard let command = commands.first(where: { bytes[start...].starts(with: $0) }) else {
        continue
      }
      var place = start + command.count
      while place < bytes.count, isBlank(bytes[place]) { place += 1 }
      guard place < bytes.count else { return nil }
      guard let range = argument(bytes, at: place) else { return nil }
      let utf8 = text.utf8
      let lower = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
      return text[lower..<utf8.index(lower, offsetBy: range.count)]
    }
    return nil
  }

  /// The inside of the braces at `place`, or without braces what is left of the formula.
  private static func argument(_ bytes: [UInt8], at place: Int) -> Range<Int>? {
    guard bytes[place] == UInt8(ascii: "{") else {
      let dollar = bytes[place...].firstIndex(of: UInt8(ascii: "$")) ?? bytes.endIndex
      return place..<dollar
    }
    var depth = 0
    var index = place
    while index < bytes.count {
      switch bytes[index] {
      // `\{` is a printed brace and groups nothing.
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return place + 1..<index }
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let front = text.drop { $0.isWhitespace }
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return front }
    return front[...last]
  }
}
