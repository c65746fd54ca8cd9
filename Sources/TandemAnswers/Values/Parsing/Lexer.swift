/// Cuts an answer in LaTeX or plain text into tokens, in one pass.
struct Lexer {
  /// A group's closing brace, and what it ends.
  enum Brace { case group, text, font, set }

  let bytes: [UInt8]
  let end: Int
  /// Whether a comma between groups of digits separates list members.
  let splitsCommas: Bool
  var position: Int
  var tokens: [Token] = []
  /// Open `(`, `[` and `\{`, in which a plain comma is no thousands separator.
  var bracketDepth = 0
  /// Open matrices, in which `\\` ends a row.
  var matrixDepth = 0
  /// Texts and fonts around the current position.
  var textDepth = 0
  var fontDepth = 0
  var braces: [Brace] = []
  var pendingSpace = false
  /// Whether `$` before a digit is a currency sign.
  private let dollarIsCurrency: Bool

  init(_ bytes: [UInt8], _ range: Range<Int>, splitsCommas: Bool) {
    self.bytes = bytes
    self.end = range.upperBound
    self.splitsCommas = splitsCommas
    position = range.lowerBound
    var dollars = 0
    var previous: UInt8 = 0
    for index in range {
      if bytes[index] == UInt8(ascii: "$") && previous != UInt8(ascii: "\\") { dollars += 1 }
      previous = bytes[index]
    }
    dollarIsCurrency = dollars & 1 == 1
    tokens.reserveCapacity(range.count / 2 + 2)
  }

  /// The tokens, closed by one of kind `end`.
  static func tokens(
    _ bytes: [UInt8], _ range: Range<Int>, splitsCommas: Bool = false
  ) throws(Obstacle) -> [Token] {
    var lexer = Lexer(bytes, range, splitsCommas: splitsCommas)
    try lexer.run()
    return lexer.tokens
  }

  func byte(at index: Int) -> UInt8 { index < end ? bytes[index] : 0 }

  mutating func emit(_ kind: Token.Kind, _ start: Int, payload: UInt64 = 0) {
    tokens.append(
      Token(
        kind: kind, start: start, end: position, payload: payload, spaced: pendingSpace,
        inText: textDepth > 0, inFont: fontDepth > 0))
    pendingSpace = false
  }

  private mutating func run() throws(Obstacle) {
    while position < end {
      let start = position
      let byte = bytes[position]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "~"):
        position += 1
        pendingSpace = true
      case UInt8(ascii: "\\"): try command()
      case 0x30...0x39: number()
      case UInt8(ascii: ".") where isDigit(self.byte(at: position + 1)): number()
      case UInt8(ascii: "."): dots()
      case 0x41...0x5A, 0x61...0x7A: letters()
      case UInt8(ascii: "{")
      where self.byte(at: position + 1) == UInt8(ascii: ":")
        && self.byte(at: position + 2) == UInt8(ascii: "}"):
        position += 3
        emit(.colon, start)
      case UInt8(ascii: "{"):
        position += 1
        braces.append(.group)
        emit(.openBrace, start)
      case UInt8(ascii: "}"): closeBrace()
      case UInt8(ascii: "$"): dollar()
      case 0x80...: try unicode()
      default:
        position += 1
        try punctuation(byte, start)
      }
    }
    while let brace = braces.popLast() {
      if brace == .group { throw .other }
    }
    emit(.end, end)
  }

  func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private mutating func dots() {
    let start = position
    while byte(at: position) == UInt8(ascii: ".") { position += 1 }
    // A lone point ends a sentence or an abbreviation.
    if position - start >= 3 { emit(.ellipsis, start) }
  }

  private mutating func closeBrace() {
    let start = position
    position += 1
    switch braces.popLast() {
    case .text?: textDepth -= 1
    case .font?: fontDepth -= 1
    case .set?: emit(.closeSet, start)
    case .group?: emit(.closeBrace, start)
    case nil: break
    }
  }

  private mutating func dollar() {
    let start = position
    position += 1
    if dollarIsCurrency, isDigit(byte(at: position)) || byte(at: position) == UInt8(ascii: ".") {
      emit(.currency, start, payload: Symbol(name: "dollar".utf8).code)
    }
  }

  private mutating func punctuation(_ byte: UInt8, _ start: Int) throws(Obstacle) {
    let next = self.byte(at: position)
    switch byte {
    case UInt8(ascii: "+"):
      if next == UInt8(ascii: "/"), self.byte(at: position + 1) == UInt8(ascii: "-") {
        position += 2
        emit(.plusMinus, start)
      } else {
        emit(.plus, start)
      }
    case UInt8(ascii: "-"): emit(.minus, start)
    case UInt8(ascii: "*"):
      if next == byte {
        position += 1
        emit(.caret, start)
      } else {
        emit(.times, start)
      }
    case UInt8(ascii: "/"): emit(.divide, start)
    case UInt8(ascii: "^"):
      emit(.caret, start)
    case UInt8(ascii: "_"): emit(.underscore, start)
    case UInt8(ascii: "!"):
      if next == UInt8(ascii: "=") {
        position += 1
        emit(.notEqual, start)
      } else {
        emit(.bang, start)
      }
    case UInt8(ascii: "%"):
      // At the front it comments out the rest of a line.
      if tokens.isEmpty, next == 0x0A { break }
      emit(.percent, start)
    case UInt8(ascii: ","): emit(.comma, start)
    case UInt8(ascii: ";"): emit(.semicolon, start)
    case UInt8(ascii: ":"): emit(.colon, start)
    case UInt8(ascii: "="):
      if next == byte { position += 1 }
      emit(.equals, start)
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      let isLess = byte == UInt8(ascii: "<")
      if next == UInt8(ascii: "=") {
        position += 1
        emit(isLess ? .lessOrEqual : .greaterOrEqual, start)
      } else {
        emit(isLess ? .less : .greater, start)
      }
    case UInt8(ascii: "("): open(.openParen, start)
    case UInt8(ascii: ")"): close(.closeParen, start)
    case UInt8(ascii: "["): open(.openBracket, start)
    case UInt8(ascii: "]"): close(.closeBracket, start)
    case UInt8(ascii: "|"): emit(.bar, start)
    case UInt8(ascii: "'"): emit(.prime, start)
    case UInt8(ascii: "&"): emit(.ampersand, start)
    case UInt8(ascii: "\""), UInt8(ascii: "`"): break
    default: throw .other
    }
  }

  mutating func open(_ kind: Token.Kind, _ start: Int) {
    bracketDepth += 1
    emit(kind, start)
  }

  mutating func close(_ kind: Token.Kind, _ start: Int) {
    if bracketDepth > 0 { bracketDepth -= 1 }
    emit(kind, start)
  }
}
