/// Powers, primaries and functions.
extension Parser {
  /// A primary with its exponents, marks and subscripts.
  mutating func power() throws(Obstacle) -> Int {
    var base = try primary()
    var rounds = 0
    while true {
      rounds += 1
      if rounds > Limit.maximumDepth { throw .limit(.depth) }
      switch kind {
      case .caret:
        advance()
        if takeDegree() {
          base = tree.add(.degree, base)
        } else if take(.prime) {
          continue
        } else {
          base = tree.add(.power, [base, try exponent()])
        }
      case .degree:
        advance()
        base = tree.add(.degree, base)
      case .bang:
        advance()
        base = tree.add(.call, base, payload: Function.factorial.rawValue)
      case .prime: advance()
      case .underscore:
        advance()
        base = try subscripted(base)
      default: return base
      }
    }
  }

  private mutating func takeDegree() -> Bool {
    if take(.degree) { return true }
    if kind == .openBrace, kind(ahead: 1) == .degree, kind(ahead: 2) == .closeBrace {
      position += 3
      return true
    }
    return false
  }

  private mutating func exponent() throws(Obstacle) -> Int {
    try enter()
    defer { depth -= 1 }
    if take(.minus) { return tree.add(.negative, try exponent()) }
    if take(.plus) { return try exponent() }
    let base = try primary()
    // A tower such as 2^3^4 is read from the top.
    if take(.caret) {
      return tree.add(.power, [base, try exponent()])
    }
    return base
  }

  /// A number in a base, or a name with an index.
  private mutating func subscripted(_ base: Int) throws(Obstacle) -> Int {
    let start = token.start
    let node = try primary()
    switch tree.kind(base) {
    case .symbol:
      var name = Array(Symbol(code: tree.payload(base)).description.utf8)
      name.append(UInt8(ascii: "_"))
      let end = tokens[max(0, position - 1)].end
      for byte in bytes[min(start, end)..<end] where Integer.digit(byte) != nil {
        name.append(byte)
      }
      return tree.add(symbol: Symbol(name: name))
    case .number:
      guard tree.kind(node) == .number, let radix = tree.numeral(node).value.numerator.word,
        tree.numeral(node).value.isInteger, 2...36 ~= radix
      else { throw .other }
      return try based(base, radix)
    default: throw .other
    }
  }

  /// The number `node`, read again in another base.
  mutating func based(_ node: Int, _ radix: Int) throws(Obstacle) -> Int {
    let range = tree.numeral(node).source
    var whole: [UInt8] = []
    var fraction = 0
    var sawPoint = false
    for byte in bytes[range] {
      if byte == UInt8(ascii: ".") {
        sawPoint = true
      } else if let digit = Integer.digit(byte) {
        guard digit < radix else { throw .other }
        whole.append(byte)
        if sawPoint { fraction += 1 }
      }
    }
    let digits = Rational(try Integer(digits: whole, base: radix))
    let value = digits * (try Rational(radix).power(-fraction))
    return tree.add(.based, tree.add(Numeral(value)), payload: UInt64(radix))
  }

  mutating func primary() throws(Obstacle) -> Int {
    try enter()
    defer { depth -= 1 }
    let token = self.token
    switch token.kind {
    case .number: return try number()
    case .letter:
      advance()
      return tree.add(symbol: Self.symbol(token))
    case .pi:
      advance()
      return tree.add(symbol: .pi)
    case .infinity:
      advance()
      return tree.add(.infinity)
    case .emptySet:
      advance()
      return tree.add(.emptySet)
    case .reals:
      advance()
      return tree.add(.reals)
    case .fraction:
      advance()
      let top = try argument()
      return tree.add(.quotient, [top, try argument()])
    case .binomial:
      advance()
      let top = try argument()
      return tree.add(.binomial, [top, try argument()])
    case .root: return try root()
    case .function: return try call()
    case .overline:
      advance()
      return try decorated()
    case .word: return try word()
    case .openBrace:
      advance()
      let inner = try infix(list())
      try require(.closeBrace)
      return inner
    case .openParen, .openBracket, .openSet, .openAngle: return try brackets()
    case .bar, .doubleBar: return try absoluteValue()
    case .openFloor:
      advance()
      let inner = try sum()
      try require(.closeFloor)
      return tree.add(.call, inner, payload: Function.floor.rawValue)
    case .openCeiling:
      advance()
      let inner = try sum()
      try require(.closeCeiling)
      return tree.add(.call, inner, payload: Function.ceiling.rawValue)
    case .beginMatrix: return try matrix()
    default: throw .other
    }
  }

  /// The symbol of a letter token; `e`, `i` and their like are constants.
  static func symbol(_ token: Token) -> Symbol {
    switch token.payload {
    case UInt64(UInt8(ascii: "i")): .i
    case UInt64(UInt8(ascii: "e")): .e
    default: Symbol(code: token.payload)
    }
  }

  /// A numeral, with repeating digits or dots after it.
  private mutating func number() throws(Obstacle) -> Int {
    let token = self.token
    var numeral = try Numeral(token, in: bytes)
    advance()
    let isOpenPoint =
      token.end + 1 == self.token.start && bytes[token.end] == UInt8(ascii: ".")
    if kind == .overline, numeral.isDecimal || isOpenPoint {
      advance()
      try require(.openBrace)
      let digits = self.token
      try require(.number)
      try require(.closeBrace)
      let value = try Numeral(digits, in: bytes).value
      return tree.add(try numeral.repeating(value.numerator, count: digits.end - digits.start))
    }
    if kind == .ellipsis {
      advance()
      numeral.isDecimal = true
    }
    return tree.add(numeral)
  }

  /// An argument of `\frac` and the like: a group, or one digit or letter.
  mutating func argument() throws(Obstacle) -> Int {
    let token = self.token
    if token.kind == .number, token.payload == 0, token.end - token.start > 1,
      Integer.digit(bytes[token.start + 1]) != nil
    {
      tokens[position].start += 1
      let digit = Integer.digit(bytes[token.start]) ?? 0
      return tree.add(Numeral(digit))
    }
    return try primary()
  }

  private mutating func root() throws(Obstacle) -> Int {
    let index = Int(token.payload)
    advance()
    if index > 0 { return tree.add(.root, [try primary(), tree.add(Numeral(index))]) }
    if kind == .openBracket {
      advance()
      let index = try sum()
      try require(.closeBracket)
      return tree.add(.root, [try argument(), index])
    }
    // The sign of Unicode takes a whole number, the command one digit.
    let isCommand = bytes[tokens[position - 1].start] == UInt8(ascii: "\\")
    return tree.add(.root, [isCommand ? try argument() : try primary()])
  }

  private mutating func call() throws(Obstacle) -> Int {
    guard let function = Function(rawValue: token.payload) else { throw .other }
    advance()
    var base: Int?
    var outer: Int?
    while kind == .underscore || kind == .caret {
      let isBase = kind == .underscore
      advance()
      let node = try exponent()
      if isBase { base = node } else { outer = node }
    }
    let argument = try functionArgument()
    if tree.kind(argument) == .list || tree.kind(argument) == .group,
      ![.gcd, .lcm, .max, .min].contains(function)
    {
      throw .other
    }
    var result: Int
    if function == .sqrt {
      result = tree.add(.root, [argument])
    } else if let base, function == .log {
      result = tree.add(.logarithm, [base, argument])
    } else if let outer, isMinusOne(outer), let inverse = function.inverse {
      return tree.add(.call, argument, payload: inverse.rawValue)
    } else {
      let arguments =
        tree.kind(argument) == .group ? tree.children(argument) : [argument]
      result = tree.add(.call, arguments, payload: function.rawValue)
    }
    if let outer { result = tree.add(.power, [result, outer]) }
    return result
  }

  private func isMinusOne(_ node: Int) -> Bool {
    guard tree.kind(node) == .negative else { return false }
    let inner = tree.child(node, 0)
    return tree.kind(inner) == .number && tree.numeral(inner).value.isOne
  }

  /// A bracketed argument, or the factors up to the next sign or function.
  private mutating func functionArgument() throws(Obstacle) -> Int {
    try enter()
    defer { depth -= 1 }
    if kind == .function { return try call() }
    if kind == .openParen || kind == .openBracket || kind == .openSet { return try brackets() }
    if kind == .minus {
      advance()
      return tree.add(.negative, try functionArgument())
    }
    var factors = [try power()]
    while kind != .function, kind != .word, startsFactor, factors.count < Limit.maximumTerms {
      factors.append(try power())
    }
    if kind == .divide, kind(ahead: 1) == .number || kind(ahead: 1) == .letter {
      let top = factors.count == 1 ? factors[0] : tree.add(.product, factors)
      advance()
      return tree.add(.quotient, [top, try power()])
    }
    return factors.count == 1 ? factors[0] : tree.add(.product, factors)
  }

  /// `\overline{CD}`: a name; over digits, it only has a meaning after a decimal point.
  private mutating func decorated() throws(Obstacle) -> Int {
    let isGroup = take(.openBrace)
    let start = token.start
    while kind == .letter || kind == .word { advance() }
    let end = tokens[max(0, position - 1)].end
    if isGroup { try require(.closeBrace) }
    guard start < end else { throw .other }
    return tree.add(.text, text: Words.folded(bytes, start..<end))
  }
}

extension Function {
  /// What `f^{-1}` means.
  fileprivate var inverse: Function? {
    switch self {
    case .sin: .arcsin
    case .cos: .arccos
    case .tan: .arctan
    default: nil
    }
  }
}
