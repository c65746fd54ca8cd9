/// The grammar: terms, factors, signs and exponents, by recursive descent.
extension Arithmetic {
  /// Terms joined by plus and minus.
  mutating func expression(_ start: Int) -> Part {
    guard depth < Self.maximumDepth else { return Part(end: start + 1) }
    depth += 1
    defer { depth -= 1 }
    var result = term(start)
    while let sign = additive(result.end) {
      let operand = sign.next
      guard canStart(operand) else { break }
      let right = term(operand)
      guard right.end > operand else { break }
      result = combine(result, right) { a, b in sign.isMinus ? a - b : a + b }
    }
    return result
  }

  func canStart(_ index: Int) -> Bool {
    if index < reader.tokens.count, startsOperand(index) { return true }
    if kind(index) == .currency {
      return index + 1 < reader.tokens.count && startsOperand(index + 1)
    }
    return false
  }

  func additive(_ index: Int) -> (next: Int, isMinus: Bool)? {
    let index = skipUnits(index)
    switch kind(index) {
    case .plus: return (index + 1, false)
    case .minus:
      // A signed number behind a value is an operation only with its own minus.
      return (index + 1, true)
    case .word:
      switch reader.role(index) {
      case .plus: return (index + 1, false)
      case .minus: return (index + 1, true)
      default: return nil
      }
    default: return nil
    }
  }

  mutating func term(_ start: Int) -> Part {
    var result = factor(start)
    while true {
      let index = skipUnits(result.end)
      var next = index + 1
      var isDivision = false
      switch kind(index) {
      case .times: break
      case .divide:
        isDivision = true
        if kind(next) == .word, reader.tokens[next].range.count > 1, reader.places[next] < 0 {
          // 3 dollars/egg
          result.end = next + 1
          continue
        }
      case .word:
        switch reader.role(index) {
        case .times: break
        case .divided where reader.role(next) == .by:
          isDivision = true
          next += 1
        case .multiplied where reader.role(next) == .by: next += 1
        default: return result
        }
      case .openParen where reader.isTight(index) && index == result.end: next = index
      case .command, .root:
        guard reader.isTight(index), index == result.end, startsOperand(index) else {
          return result
        }
        next = index
      default: return result
      }
      guard canStart(next) else { return result }
      let right = factor(next)
      guard right.end > next else { return result }
      let isPlain = result.operations == 0 && right.operations == 0
      result = combine(result, right) { a, b in
        if !isDivision { return a * b }
        return b.reciprocal.map { a * $0 }
      }
      result.isFraction = isDivision && isPlain
    }
  }

  /// An operand with its sign, exponent and factorial.
  mutating func factor(_ start: Int) -> Part {
    var index = start
    var isNegative = false
    var result: Part
    if kind(index) == .minus, reader.places[index] >= 0 {
      // The sign binds looser than an exponent.
      let mention = reader.mentions[Int(reader.places[index])]
      isNegative = true
      result = Part(end: mention.tokens.upperBound, value: mention.rational.map { -$0 })
    } else {
      if kind(index) == .minus {
        isNegative = true
        index += 1
      }
      if kind(index) == .currency { index += 1 }
      guard index < reader.tokens.count else { return Part(end: index) }
      result = atom(index)
    }
    while true {
      switch kind(result.end) {
      case .bang where reader.isTight(result.end):
        result = apply(result, end: result.end + 1, Self.factorial)
      case .caret: result = power(result)
      case .superscript:
        var exponent = 0
        var end = result.end
        while kind(end) == .superscript {
          exponent = min(exponent * 10 + MentionReader.superscript(reader.tokens[end].code), 1_000)
          end += 1
        }
        result = apply(result, end: end) { Self.power($0, Rational(exponent)) }
      case .word where reader.role(result.end) == .squared:
        let isCube = reader.tokens[result.end].code == Self.cubed
        result = apply(result, end: result.end + 1) { Self.power($0, Rational(isCube ? 3 : 2)) }
      default:
        if isNegative { result.value = result.value.map { -$0 } }
        return result
      }
    }
  }

  static let cubed = LeakWord.code("cubed")

  mutating func power(_ base: Part) -> Part {
    let index = base.end + 1
    let exponent: Part
    switch kind(index) {
    case .openBrace, .openParen: exponent = atom(index)
    case .minus: exponent = factor(index)
    default:
      guard index < reader.tokens.count, startsOperand(index) else { return Part(end: index) }
      exponent = atom(index)
    }
    return combine(base, exponent, Self.power)
  }
}
