/// What an operand is: a value, brackets, commands, and phrases such as "half of" and "the sum of".
extension Arithmetic {
  mutating func atom(_ index: Int) -> Part {
    let place = reader.places[index]
    if place >= 0 {
      let mention = reader.mentions[Int(place)]
      let part = Part(end: mention.tokens.upperBound, value: mention.rational)
      if reader.role(part.end) == .of, mention.isPercent || mention.denominator > 1 {
        return phrase(part, part.end + 1)
      }
      return part
    }
    switch kind(index) {
    case .openParen: return bracket(index, .closeParen)
    case .openBracket: return bracket(index, .closeBracket)
    case .openBrace, .openBox: return bracket(index, .closeBrace)
    case .openCalculation: return bracket(index, .closeCalculation)
    case .command: return command(index)
    case .root:
      guard canStart(index + 1) else { return Part(end: index + 1) }
      let inner = atom(index + 1)
      return apply(inner, end: inner.end) { Self.root($0, 2) }
    case .word: return words(index)
    default: return Part(end: index + 1)
    }
  }

  /// The inside of brackets, which is a result of its own.
  mutating func bracket(_ open: Int, _ close: LeakToken.Kind) -> Part {
    guard canStart(open + 1) || kind(open + 1) == .minus else { return Part(end: open + 1) }
    var inner = expression(open + 1)
    if kind(inner.end) == close {
      if inner.operations > 0, let value = inner.value {
        results.append(
          Result(tokens: (open + 1)..<inner.end, value: value, isFraction: inner.isFraction))
      }
      inner.end += 1
      inner.isFraction = false
      return inner
    }
    // An equation in brackets: its side is a result too, and the bracket no operand.
    if inner.operations > 0, let value = inner.value, kind(inner.end) == .equals {
      results.append(
        Result(tokens: (open + 1)..<inner.end, value: value, isFraction: inner.isFraction))
      noteOutcome(inner.end)
    }
    return Part(end: inner.end)
  }

  mutating func command(_ index: Int) -> Part {
    let code = reader.tokens[index].code
    let isFraction = LeakCommand.fractions.contains(code)
    if isFraction || LeakCommand.binomials.contains(code) {
      guard kind(index + 1) == .openBrace else {
        guard isFraction, let value = reader.fraction(index) else { return Part(end: index + 1) }
        return Part(end: value.tokens.upperBound, value: value.rational, operations: 1)
      }
      let top = atom(index + 1)
      guard kind(top.end) == .openBrace, kind(top.end - 1) == .closeBrace else {
        return Part(end: top.end)
      }
      let bottom = atom(top.end)
      if isFraction {
        return combine(top, bottom) { a, b in b.reciprocal.map { a * $0 } }
      }
      return combine(top, bottom, Self.binomial)
    }
    if code == LeakCommand.squareRoot {
      var next = index + 1
      var degree = 2
      if kind(next) == .openBracket {
        guard kind(next + 1) == .number, kind(next + 2) == .closeBracket else {
          return Part(end: next)
        }
        degree = reader.numeral(next + 1).numerator
        next += 3
      }
      guard canStart(next) else { return Part(end: next) }
      let inner = atom(next)
      return apply(inner, end: inner.end) { Self.root($0, degree) }
    }
    return Part(end: index + 1)
  }

  mutating func words(_ index: Int) -> Part {
    switch reader.role(index) {
    case .twice:
      return phrase(Part(end: index + 1, value: Rational(2)), index + 1)
    case .denominator where reader.role(index + 1) == .of:
      guard let divisor = reader.word(index)?.value else { return Part(end: index + 1) }
      // "a third of" stands behind its article.
      return phrase(
        Part(end: index + 1, value: Rational(Integer(1), Integer(divisor))), index + 2)
    case .denominator where reader.role(index + 1) == .article && reader.role(index + 2) == .dozen:
      return Part(end: index + 3, value: Rational(6), operations: 1)
    case .sum: return listed(index) { $0 + $1 }
    case .product: return listed(index) { $0 * $1 }
    case .difference: return listed(index) { ($0 - $1).magnitude }
    case .quotient: return listed(index) { a, b in b.reciprocal.map { a * $0 } }
    default:
      if reader.tokens[index].code == LeakCommand.squareRoot, canStart(index + 1) {
        let inner = atom(index + 1)
        return apply(inner, end: inner.end) { Self.root($0, 2) }
      }
      return Part(end: index + 1)
    }
  }

  /// A factor in words before what it multiplies.
  mutating func phrase(_ left: Part, _ start: Int) -> Part {
    var index = start
    if reader.role(index) == .the { index += 1 }
    guard canStart(index) else { return left }
    let right = factor(index)
    guard right.value != nil else { return Part(end: right.end) }
    return combine(left, right) { $0 * $1 }
  }

  /// "sum of 5 and 7", "difference between 12 and 3".
  mutating func listed(
    _ index: Int, _ operation: (Rational, Rational) -> Rational?
  ) -> Part {
    guard reader.role(index + 1) == .of || reader.role(index + 1) == .between,
      canStart(index + 2)
    else { return Part(end: index + 1) }
    var result = factor(index + 2)
    while result.value != nil {
      var next = skipUnits(result.end)
      var isJoined = false
      while kind(next) == .comma || reader.role(next) == .and {
        isJoined = true
        next += 1
      }
      guard isJoined, canStart(next) else { break }
      let right = factor(next)
      guard right.end > next, right.value != nil else { break }
      result = combine(result, right, operation)
    }
    return result.operations > 0 ? result : Part(end: index + 1)
  }

  /// The operator behind at most three words of a unit; otherwise the place itself.
  func skipUnits(_ index: Int) -> Int {
    var next = index
    while next - index < 3, kind(next) == .word, reader.role(next) == nil,
      reader.tokens[next].range.count > 1 || next > index || !reader.isTight(next)
    {
      next += 1
    }
    guard next > index else { return index }
    switch kind(next) {
    case .plus, .times, .divide: return next
    case .minus: return reader.places[min(next + 1, reader.places.count - 1)] >= 0 ? next : index
    case .word:
      switch reader.role(next) {
      case .plus, .times, .divided, .multiplied, .minus, .and: return next
      default: return index
      }
    default: return index
    }
  }
}
