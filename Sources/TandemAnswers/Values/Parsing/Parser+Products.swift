/// Sums and products, with the units and marks behind them.
extension Parser {
  mutating func sum() throws(Obstacle) -> Int {
    try enter()
    defer { depth -= 1 }
    var terms: [Int] = []
    var isFirst = true
    while true {
      let sign = kind
      switch sign {
      case .plus, .minus, .plusMinus, .minusPlus: advance()
      default: if !isFirst { return hoisted(terms) }
      }
      var term = try product()
      switch sign {
      case .minus: term = negative(term)
      case .plusMinus, .minusPlus:
        term = tree.add(.plusMinus, term, payload: sign == .minusPlus ? 1 : 0)
      default: break
      }
      terms.append(term)
      if terms.count > Limit.maximumTerms { throw .limit(.terms) }
      isFirst = false
    }
  }

  /// A sign goes inside a unit or mark.
  private mutating func negative(_ node: Int) -> Int {
    switch tree.kind(node) {
    case .quantity, .percent, .degree:
      let inner = tree.add(.negative, tree.child(node, 0))
      return tree.add(tree.kind(node), inner, payload: tree.payload(node))
    case .matrix: return scaled(node, by: tree.add(Numeral(-1)))
    default: return tree.add(.negative, node)
    }
  }

  /// A sum whose last term carries a unit is a sum with that unit.
  private mutating func hoisted(_ terms: [Int]) -> Int {
    guard let last = terms.last, terms.count > 1 else { return terms.first ?? 0 }
    guard tree.kind(last) == .quantity else { return tree.add(.sum, terms) }
    let unit = tree.payload(last)
    let bare = terms.map { term in
      tree.kind(term) == .quantity && tree.text(term) == tree.text(last)
        ? tree.child(term, 0) : term
    }
    return tree.add(.quantity, tree.add(.sum, bare), payload: unit)
  }

  mutating func product() throws(Obstacle) -> Int {
    if let currency { return try money(currency) }
    if kind == .minus || kind == .plus {
      try enter()
      defer { depth -= 1 }
      let isMinus = kind == .minus
      advance()
      let inner = try product()
      return isMinus ? negative(inner) : inner
    }
    var left = try power()
    var factors = 1
    while true {
      factors += 1
      if factors > Limit.maximumTerms { throw .limit(.terms) }
      switch kind {
      case .times:
        advance()
        left = multiplied(left, try signedPower())
      case .divide:
        if let unit = try rateUnit(left) { return unit }
        advance()
        left = tree.add(.quotient, [left, try signedPower()])
      case .percent:
        advance()
        left = tree.add(.percent, left)
      case .currency:
        advance()
        let unit = Symbol(code: tokens[position - 1].payload).description
        return tree.add(.quantity, text: Array(unit.utf8), [left])
      default:
        if let mixed = try mixedNumber(left) {
          left = mixed
        } else if let unit = try units(left) {
          return unit
        } else if startsFactor {
          left = multiplied(left, try power())
        } else {
          return left
        }
      }
    }
  }

  /// A factor after an explicit sign of operation, which may be negative.
  private mutating func signedPower() throws(Obstacle) -> Int {
    if take(.minus) {
      try enter()
      defer { depth -= 1 }
      return tree.add(.negative, try signedPower())
    }
    return try power()
  }

  private mutating func multiplied(_ left: Int, _ right: Int) -> Int {
    if tree.kind(right) == .matrix, isNumber(left) { return scaled(right, by: left) }
    if tree.kind(left) == .matrix, isNumber(right) { return scaled(left, by: right) }
    if tree.kind(left) == .product {
      return tree.add(.product, tree.children(left) + [right])
    }
    return tree.add(.product, [left, right])
  }

  /// Whether the next token begins a factor without a sign of multiplication.
  var startsFactor: Bool {
    switch kind {
    case .letter, .openParen, .function, .root, .fraction, .pi, .openBrace, .binomial,
      .openFloor, .openCeiling, .infinity, .overline, .beginMatrix:
      true
    case .word: isLetterRun
    case .number: position > 0 && isFactorBefore(tokens[position - 1])
    default: false
    }
  }

  /// `(-1) 8`, `3! 7` and `i4` are products, `1 8` is none.
  private func isFactorBefore(_ last: Token) -> Bool {
    switch last.kind {
    case .closeParen, .bang: true
    case .letter: Self.symbol(last) == .i && !token.spaced
    default: false
    }
  }
}
