/// One unit of a text that is searched for an answer.
struct LeakToken {
  enum Kind: UInt8 {
    /// Digits with separators and a decimal part; the fraction characters.
    case number, vulgar
    /// A run of letters; `code` is its ``LeakWord/code(_:_:)``.
    case word
    /// A LaTeX command that is no mere wrapper; `code` as for words.
    case command
    case plus, minus, times, divide, caret, underscore, bang, percent, degree, currency, root
    case comma, semicolon, colon, stop, newline
    case equals, relation, cup
    case openParen, closeParen, openBracket, closeBracket, openBrace, closeBrace, openSet, closeSet
    /// `<<` and `>>` around a calculation.
    case openCalculation, closeCalculation
    case ampersand, newRow
    /// `####`, an answer tag.
    case marker
    /// The brace behind `\boxed`.
    case openBox
    /// Digits that are no number: item12, 5th, 1.12.3, 2024-05-01.
    case identifier
    case clock
    case superscript
    case infinity, pi
    case other
  }

  /// Tells words and commands apart; of a plain whole number its value and ``numberBase``.
  var code: UInt64 = 0
  /// The folded bytes it was read from.
  var start: Int32
  var end: Int32
  var kind: Kind
  /// What a word means to the search; nil for most.
  var role: LeakWord.Role?
  /// Whether a blank or line end stands before it.
  var spaced = false
  /// Whether it is part of an exponent, subscript, index or reference.
  var isScript = false
  /// Whether it stands in an answer statement, box or behind a marker.
  var isStated = false

  /// The code of a numeral with a part that repeats for ever.
  static let repeating: UInt64 = 1
  /// What is added to the value of plain digits to make their code; smaller codes mean other numerals.
  static let numberBase: UInt64 = 2

  var range: Range<Int> { Int(start)..<Int(end) }

  /// Whether a minus behind it is an operation.
  var endsOperand: Bool {
    switch kind {
    case .number, .vulgar, .closeParen, .closeBracket, .closeBrace, .closeSet, .percent, .bang,
      .degree, .superscript, .pi, .infinity, .closeCalculation, .clock:
      true
    case .word: end - start == 1
    default: isScript
    }
  }

  var isOperator: Bool {
    switch kind {
    case .plus, .minus, .times, .divide, .caret: true
    default: false
    }
  }
}
