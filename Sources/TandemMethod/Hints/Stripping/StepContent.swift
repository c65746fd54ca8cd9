internal import TandemAnswers

/// Tells a step that teaches from one that only leads to an answer: "So he has ... left."
enum StepContent {
  /// Words with which a step that lost a value says something without a number.
  static let fewestWords = 3

  /// Whether what is left of a step teaches anything: it holds a number, an operation, a formula, or enough words
  /// that are not mere frame.
  static func teaches(
    _ bytes: [UInt8], _ pieces: [Range<Int>], fewestWords: Int = fewestWords
  ) -> Bool {
    var words = 0
    for (number, piece) in pieces.enumerated() {
      var index = piece.lowerBound
      if number == 0 { index = label(bytes, piece) }
      while index < piece.upperBound {
        let byte = bytes[index]
        if byte &- 0x30 < 10 || isOperator(bytes, index, piece) { return true }
        if byte == UInt8(ascii: "\\") {
          if isMeaningful(bytes, index) { return true }
          index += 1
          while index < piece.upperBound, isLetter(bytes[index]) { index += 1 }
        } else if isLetter(byte) {
          let start = index
          while index < piece.upperBound, isLetter(bytes[index]) || bytes[index] == 0x27 {
            index += 1
          }
          let word = folded(bytes[start..<index])
          if numbers.contains(word) { return true }
          if word.utf8.count > 1, !frame.contains(word) { words += 1 }
        } else {
          if byte >= 0xC3, byte & 0xC0 == 0xC0 {
            words += bytes.holds("\u{2019}", at: index) ? 0 : 1
          }
          index += 1
        }
        if words >= fewestWords { return true }
      }
    }
    return false
  }

  /// The place behind a list number, bullet, or label such as "Step 3:".
  static func label(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    let end = min(range.upperBound, range.lowerBound + 24)
    while index < end, [0x23, 0x2A, 0x2D, 0x2B, 0x20, 0x28, 0x3E].contains(bytes[index]) {
      index += 1
    }
    let word = index
    while index < end, isLetter(bytes[index]) { index += 1 }
    if index > word {
      guard labels.contains(folded(bytes[word..<index])), index < end, bytes[index] == 0x20 else {
        return range.lowerBound
      }
      index += 1
    }
    let number = index
    while index < end, bytes[index] &- 0x30 < 10 { index += 1 }
    guard index > number, index < range.upperBound,
      [0x2E, 0x29, 0x3A, 0x2A].contains(bytes[index]),
      index + 1 >= range.upperBound || bytes[index + 1] &- 0x30 >= 10
    else { return range.lowerBound }
    return index + 1
  }

  private static let labels: Set<String> = ["step", "case", "part", "equation", "eq"]

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private static func folded(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// An operation, but not the `=` or the dash that a value was cut from.
  private static func isOperator(_ bytes: [UInt8], _ index: Int, _ piece: Range<Int>) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "<"), UInt8(ascii: ">"): true
    case UInt8(ascii: "/"), UInt8(ascii: "*"), UInt8(ascii: "-"):
      index + 1 < piece.upperBound && bytes[index + 1] == 0x20 && index > piece.lowerBound
        && bytes[index - 1] == 0x20
    default: bytes.holds("\u{D7}", at: index) || bytes.holds("\u{F7}", at: index)
    }
  }

  /// Whether a LaTeX command computes or relates, and is not mere dress.
  private static func isMeaningful(_ bytes: [UInt8], _ index: Int) -> Bool {
    commands.contains {
      bytes.holds($0, at: index + 1) && !bytes.isWordByte(at: index + 1 + $0.utf8CodeUnitCount)
    }
  }

  private static let commands: [StaticString] = [
    "frac", "dfrac", "tfrac", "sqrt", "times", "cdot", "div", "sum", "prod", "int", "binom", "pm",
    "le", "leq", "ge", "geq", "lt", "gt", "neq", "in", "log", "ln", "sin", "cos", "tan", "angle",
    "triangle", "pi", "equiv", "pmod", "mod", "overline", "vec", "begin",
  ]

  /// Number words but "one", which is a pronoun more often.
  private static let numbers: Set<String> = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
    "thousand", "million", "dozen", "half", "twice", "double", "triple", "thirds", "quarter",
    "quarters",
  ]

  /// Words that carry an answer, not a way to it.
  private static let frame: Set<String> = Set(
    ("so therefore thus hence then finally overall altogether total totals in all the an is are was were be been "
      + "has have had will would of to for and that this it its he she they we you his her their there which as "
      + "get gets got equals equal answer answers result final value number amount correct we're let's okay "
      + "now just only must this means gives us our on at by from with left more than")
      .split(separator: " ").map { String($0) })
}
