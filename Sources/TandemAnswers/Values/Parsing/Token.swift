/// One lexical unit of an answer.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    case number, letter, word, symbolName
    case plus, minus, plusMinus, minusPlus, times, divide, caret, underscore, bang
    case percent, degree, currency
    case comma, semicolon, colon, ellipsis
    case equals, less, lessOrEqual, greater, greaterOrEqual, notEqual, member
    case cup, cap, setMinus, and, or
    case openParen, closeParen, openBracket, closeBracket, openSet, closeSet
    case openAngle, closeAngle, openBrace, closeBrace, bar, doubleBar
    case openFloor, closeFloor, openCeiling, closeCeiling
    case fraction, root, binomial, over, choose, function, overline, prime
    case pi, infinity, emptySet, reals, remainder
    case beginMatrix, endMatrix, ampersand, newRow
    case end
  }

  var kind: Kind
  /// The bytes it was read from.
  var start: Int
  var end: Int
  /// A name's ``Symbol`` code, a function's raw value, a currency's unit, and the like.
  var payload: UInt64 = 0
  /// Whether blanks stand before it.
  var spaced = false
  /// Whether it stands in `\text{...}` and the like.
  var inText = false
  /// Whether it stands in `\mathrm{...}` and the like.
  var inFont = false
}

/// A function of one argument.
enum Function: UInt64, Sendable, CaseIterable {
  case sin = 1, cos, tan, cot, sec, csc, arcsin, arccos, arctan, sinh, cosh, tanh
  case ln, log, exp, abs, floor, ceiling, factorial, sqrt, gcd, lcm, max, min, real, imaginary

  /// The function of a name in LaTeX or plain text.
  init?(name: some Collection<UInt8>) {
    guard let function = Self.names[Symbol(name: name)] else { return nil }
    self = function
  }

  private static let names: [Symbol: Function] = {
    let table: [(String, Function)] = [
      ("sin", .sin), ("cos", .cos), ("tan", .tan), ("tg", .tan), ("cot", .cot), ("sec", .sec),
      ("csc", .csc), ("cosec", .csc), ("arcsin", .arcsin), ("arccos", .arccos),
      ("arctan", .arctan), ("asin", .arcsin), ("acos", .arccos), ("atan", .arctan),
      ("sinh", .sinh), ("cosh", .cosh), ("tanh", .tanh), ("ln", .ln), ("log", .log),
      ("lg", .log), ("exp", .exp), ("abs", .abs), ("floor", .floor), ("ceil", .ceiling),
      ("sqrt", .sqrt), ("gcd", .gcd), ("lcm", .lcm), ("max", .max), ("min", .min),
    ]
    var names: [Symbol: Function] = [:]
    for (name, function) in table { names[Symbol(name: name.utf8)] = function }
    return names
  }()
}
