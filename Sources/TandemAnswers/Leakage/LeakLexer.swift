/// Cuts a folded text into ``LeakToken``s in one pass, without the wrappers of markdown and LaTeX.
struct LeakLexer {
  let bytes: [UInt8]
  let end: Int
  var position: Int
  var tokens: [LeakToken] = []
  var spaced = true
  /// What the marks of ``LeakMarks`` have to look for.
  var marks = LeakMarks()
  private let words = LeakWord.table

  private init(_ bytes: [UInt8], in part: Range<Int>) {
    self.bytes = bytes
    position = part.lowerBound
    end = part.upperBound
    tokens.reserveCapacity(part.count / 3 + 8)
  }

  /// The tokens of a text, or of some lines of it.
  static func tokens(_ bytes: [UInt8], in part: Range<Int>? = nil) -> [LeakToken] {
    var lexer = LeakLexer(bytes, in: part ?? 0..<bytes.count)
    lexer.run()
    lexer.marks.set(in: &lexer.tokens)
    return lexer.tokens
  }

  func byte(_ index: Int) -> UInt8 { index >= 0 && index < end ? bytes[index] : 0 }
  func isDigit(_ index: Int) -> Bool { byte(index) &- 0x30 < 10 }
  func isLetter(_ index: Int) -> Bool { (byte(index) | 0x20) &- 0x61 < 26 }

  mutating func emit(
    _ kind: LeakToken.Kind, _ start: Int, code: UInt64 = 0, role: LeakWord.Role? = nil
  ) {
    tokens.append(
      LeakToken(
        code: code, start: Int32(truncatingIfNeeded: start),
        end: Int32(truncatingIfNeeded: position), kind: kind, role: role, spaced: spaced))
    spaced = false
  }

  private mutating func run() {
    while position < end {
      let start = position
      let byte = bytes[position]
      switch byte {
      case 0x20, 0x09, 0x0D:
        position += 1
        spaced = true
      case UInt8(ascii: "~"):
        position += 1
        // `~~struck~~` is markup, a lone one a blank.
        if self.byte(position) == byte { position += 1 } else { spaced = true }
      case 0x0A:
        position += 1
        if tokens.last?.kind != .newline { emit(.newline, start) }
        spaced = true
      case 0x30...0x39: number()
      case UInt8(ascii: ".") where isDigit(position + 1) && !isLetter(position - 1): number()
      case 0x41...0x5A, 0x61...0x7A: word()
      case UInt8(ascii: "\\"): command()
      case 0x80...: unicode()
      default:
        position += 1
        punctuation(byte, start)
      }
    }
  }

  private mutating func word() {
    let start = position
    repeat {
      position += bytes.withUnsafeBytes { $0.letterCount(from: position) }
      while isWordByte(position) { position += 1 }
    } while isLetter(position)
    var isIdentifier = false
    let last = position
    // item12, x1, and their like.
    while isDigit(position) || isLetter(position) { position += 1; isIdentifier = true }
    if isIdentifier {
      if last - start == 1, bytes[start] | 0x20 == UInt8(ascii: "x"), isDimension(start) {
        position = last
        return emit(.times, start)
      }
      return emit(.identifier, start)
    }
    if byte(position) == UInt8(ascii: "'"), isLetter(position + 1) {
      position += 1
      while isLetter(position) { position += 1 }
    } else if position - start == 1, byte(position) == UInt8(ascii: "."),
      byte(position + 1) | 0x20 == UInt8(ascii: "m"), !isLetter(position + 2)
    {
      position += 2
    } else if byte(position) == UInt8(ascii: "-"), isDigit(position + 1), isName(start..<position) {
      // GPT-4
      position += 1
      while isDigit(position) || isLetter(position) || byte(position) == UInt8(ascii: ".") {
        position += 1
      }
      return emit(.identifier, start)
    }
    let code = LeakWord.code(bytes, start..<position)
    let role = words.role(code)
    if role == .answer { marks.hasStatements = true }
    emit(.word, start, code: code, role: role)
  }

  /// Whether the letter x stands between two digits: 2x3.
  private func isDimension(_ index: Int) -> Bool {
    guard isDigit(index + 1), let last = tokens.last, last.kind == .number else { return false }
    return Int(last.end) == index && byte(Int(last.start)) != UInt8(ascii: "0")
      || last.end - last.start > 1
  }

  private func isName(_ range: Range<Int>) -> Bool {
    range.count >= 3 && range.allSatisfy { bytes[$0] &- 0x41 < 26 }
  }

  /// Whether a letter beyond ASCII stands here: Latin, Greek or Cyrillic.
  private func isWordByte(_ index: Int) -> Bool {
    let lead = byte(index)
    if lead >= 0xC3 && lead <= 0xD4 {
      if lead == 0xC3, byte(index + 1) == 0x97 || byte(index + 1) == 0xB7 { return false }
      if lead == 0xCF, byte(index + 1) == 0x80 { return false }
      return byte(index + 1) & 0xC0 == 0x80
    }
    return lead & 0xC0 == 0x80 && (0xC3...0xD4).contains(byte(index - 1))
  }

  private mutating func unicode() {
    let start = position
    if isWordByte(position) { return word() }
    let lead = bytes[position]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    var scalar = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for offset in 1..<length { scalar = scalar << 6 | UInt32(byte(start + offset) & 0x3F) }
    position = min(end, position + length)
    switch scalar {
    case 0xA0: spaced = true
    case 0xD7, 0xB7, 0x22C5, 0x2217, 0x2219: emit(.times, start)
    case 0xF7: emit(.divide, start)
    case 0xB0, 0xBA: emit(.degree, start)
    case 0xBC...0xBE, 0x2153...0x215E: emit(.vulgar, start, code: UInt64(scalar))
    case 0xB2, 0xB3, 0xB9, 0x2070, 0x2074...0x2079: emit(.superscript, start, code: UInt64(scalar))
    case 0x2080...0x2089: emit(.other, start)
    case 0x3C0: emit(.pi, start)
    case 0x221E: emit(.infinity, start)
    case 0x221A: emit(.root, start)
    case 0x2264, 0x2265, 0x2260, 0x2208: emit(.relation, start)
    case 0x2248, 0x2261, 0x2243: emit(.equals, start)
    case 0x222A, 0x2229: emit(.cup, start)
    case 0x20AC, 0xA3, 0xA2, 0xA5: emit(.currency, start, code: UInt64(scalar))
    case 0x2022, 0x25E6, 0x2023: emit(.newline, start)
    case 0x3002: emit(.stop, start)
    default: emit(.other, start)
    }
  }
}
