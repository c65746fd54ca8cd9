/// A text with everything in it that can be compared with an answer.
struct LeakReading {
  let text: LeakText
  let reader: MentionReader
  let arithmetic: Arithmetic

  var tokens: [LeakToken] { reader.tokens }
  var bytes: [UInt8] { text.bytes }

  init(_ text: String) {
    self.init(LeakText(text))
  }

  /// Reads a folded text.
  ///
  /// - Parameters:
  ///   - part: the folded bytes that are read; nil for all
  ///   - evaluates: whether arithmetic is worked out
  init(_ text: LeakText, part: Range<Int>? = nil, evaluates: Bool = true) {
    self.text = text
    reader = MentionReader(text.bytes, LeakLexer.tokens(text.bytes, in: part))
    arithmetic = evaluates ? Arithmetic(reader) : Arithmetic(unread: reader)
  }

  /// The folded bytes of some tokens.
  func byteRange(_ tokens: Range<Int>) -> Range<Int> {
    guard let first = tokens.first, let last = tokens.last, last < self.tokens.count else {
      return 0..<0
    }
    return Int(self.tokens[first].start)..<Int(self.tokens[last].end)
  }

  /// Whether a value at a token is stated as a result: in an answer statement or box, or behind an
  /// operation and `=`.
  func isStated(_ token: Int) -> Bool {
    tokens[token].isStated || arithmetic.isOutcome(token)
  }

  /// The spelling of some tokens: without wrappers, blanks, thousands separators and case.
  func spelling(_ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    var wasWord = false
    for index in range where tokens.indices.contains(index) {
      let token = tokens[index]
      switch token.kind {
      case .openBox, .marker, .newline: continue
      case .openBrace, .closeBrace:
        if index > 0, isArgument(index, in: range) { result.append(bytes[Int(token.start)]) }
        continue
      case .caret where reader.kind(index + 1) == .degree: continue
      case .number:
        for byte in bytes[token.range]
        where byte &- 0x30 < 10 || byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
          || byte == UInt8(ascii: "-")
        {
          result.append(byte)
        }
      case .command where LeakCommand.fractions.contains(token.code):
        result.append(contentsOf: "\\frac".utf8)
      case .minus, .plus, .times, .divide, .percent, .degree, .pi, .infinity, .openSet, .closeSet:
        result.append(contentsOf: [0, token.kind.rawValue])
      default:
        let isWord = token.kind == .word || token.kind == .identifier
        if isWord, wasWord { result.append(0x20) }
        for byte in bytes[token.range] { result.append(byte &- 0x41 < 26 ? byte | 0x20 : byte) }
      }
      wasWord = token.kind == .word || token.kind == .identifier
    }
    return result
  }

  /// Whether a brace belongs to the argument of a command, or to an exponent or subscript of several tokens.
  private func isArgument(_ index: Int, in range: Range<Int>) -> Bool {
    guard let open = tokens[index].kind == .openBrace ? index : matching(index) else {
      return false
    }
    switch reader.kind(open - 1) {
    case .command, .closeBrace: return true
    case .caret, .underscore: return reader.kind(open + 2) != .closeBrace
    default: return false
    }
  }

  private func matching(_ close: Int) -> Int? {
    var (depth, index) = (0, close)
    while index >= 0, close - index < 200 {
      if tokens[index].kind == .closeBrace { depth += 1 }
      if tokens[index].kind == .openBrace || tokens[index].kind == .openBox { depth -= 1 }
      if depth == 0 { return index }
      index -= 1
    }
    return nil
  }
}
