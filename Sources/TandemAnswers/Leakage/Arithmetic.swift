/// Finds what the arithmetic of a text comes to: whole expressions of numbers, sides of equations,
/// bracketed parts, and the phrases "half of", "twice", "the sum of" and their like.
///
/// One pass by recursive descent; a name in an expression leaves it without a value, but not the
/// brackets inside it.
struct Arithmetic {
  /// An expression with at least one operation.
  struct Result {
    var tokens: Range<Int>
    var value: Rational
    /// Whether it is a lone quotient of two whole numbers, which is how fractions are written.
    var isFraction = false
  }

  /// A part of an expression being read.
  struct Part {
    var end: Int
    /// Nil when it holds a name or has no value within bounds.
    var value: Rational?
    var operations = 0
    var isFraction = false
  }

  private static let maximumDepth = 32
  static let maximumLimbs = 24

  let reader: MentionReader
  private(set) var results: [Result] = []
  /// The tokens that stand right behind `=` and an operation, in order.
  private var outcomes: [Int] = []
  private var depth = 0

  /// Nothing is worked out.
  init(unread reader: MentionReader) {
    self.reader = reader
  }

  init(_ reader: MentionReader) {
    self.reader = reader
    guard !reader.mentions.isEmpty else { return }
    var index = 0
    let count = reader.tokens.count
    while index < count {
      guard startsOperand(index) else {
        index += 1
        continue
      }
      let before = results.count
      let part = expression(index)
      let end = max(part.end, index + 1)
      let isTainted = isBound(before: index) || isBound(after: end)
      if part.operations > 0, !isTainted, let value = part.value {
        results.append(
          Result(tokens: index..<end, value: value, isFraction: part.isFraction))
      }
      if part.operations > 0 || results.count > before { noteOutcome(end) }
      index = end
    }
    outcomes.sort()
  }

  /// Whether a token stands right behind `=` and an operation.
  func isOutcome(_ token: Int) -> Bool {
    var (low, high) = (0, outcomes.count)
    while low < high {
      let middle = low + (high - low) / 2
      if outcomes[middle] < token { low = middle + 1 } else { high = middle }
    }
    return low < outcomes.count && outcomes[low] == token
  }

  private func kind(_ index: Int) -> LeakToken.Kind { reader.kind(index) }

  /// Marks what stands behind `=`, `>>` or "which is" after an operation.
  private mutating func noteOutcome(_ end: Int) {
    var index = end
    while kind(index) == .closeBrace || kind(index) == .closeParen { index += 1 }
    var words = 0
    while kind(index) == .word, words < 3, reader.role(index) == nil {
      index += 1
      words += 1
    }
    guard kind(index) == .equals || reader.role(index) == .verb else { return }
    index += 1
    while kind(index) == .currency || kind(index) == .openBrace || kind(index) == .openCalculation {
      index += 1
    }
    outcomes.append(index)
    // 16-7=<<16-7=9>>9
    if kind(index + 1) == .closeCalculation { outcomes.append(index + 2) }
  }

  /// Whether an operator or name before a token draws it into a longer expression.
  private func isBound(before index: Int) -> Bool {
    let previous = index - 1
    switch kind(previous) {
    case .plus, .times, .divide, .caret: return true
    case .minus:
      return previous > 0 && kind(previous - 1) != .newline
    case .word:
      switch reader.role(previous) {
      case .plus, .times, .by, .minus: return true
      default: break
      }
      return reader.tokens[previous].range.count == 1 && reader.isTight(index)
    case .closeParen, .closeBrace, .command, .pi, .root: return reader.isTight(index)
    default: return false
    }
  }

  private func isBound(after end: Int) -> Bool {
    switch kind(end) {
    case .plus, .times, .divide, .caret, .superscript, .underscore: return true
    case .minus:
      // A dash before words ends the expression.
      return
        !(reader.tokens[end].spaced && kind(end + 1) == .word && reader.role(end + 1) == nil
        && reader.tokens[end + 1].range.count > 1)
    case .word:
      switch reader.role(end) {
      case .plus, .times, .divided, .multiplied, .minus: return true
      case .squared: return true
      default: return reader.isTight(end) && reader.tokens[end].range.count == 1
      }
    default: return false
    }
  }

  private func startsOperand(_ index: Int) -> Bool {
    if reader.places[index] >= 0 { return true }
    switch kind(index) {
    case .openParen, .openBracket, .openBrace, .openBox, .openCalculation, .root, .pi: return true
    case .command: return true
    case .minus: return startsBracket(index + 1)
    case .word:
      if reader.tokens[index].range.count == 1 { return true }
      switch reader.role(index) {
      case .twice, .sum, .difference, .product, .quotient, .denominator, .dozen: return true
      default: return false
      }
    default: return false
    }
  }

  private func startsBracket(_ index: Int) -> Bool {
    kind(index) == .openParen || kind(index) == .command || kind(index) == .root
  }

  // MARK: Grammar

  /// Terms joined by plus and minus.
  private mutating func expression(_ start: Int) -> Part {
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

  private func canStart(_ index: Int) -> Bool {
    if index < reader.tokens.count, startsOperand(index) { return true }
    if kind(index) == .currency {
      return index + 1 < reader.tokens.count && startsOperand(index + 1)
    }
    return false
  }

  private func additive(_ index: Int) -> (next: Int, isMinus: Bool)? {
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

  private mutating func term(_ start: Int) -> Part {
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
  private mutating func factor(_ start: Int) -> Part {
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

  private static let cubed = LeakWord.code("cubed")

  private mutating func power(_ base: Part) -> Part {
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

  // MARK: Operands

  private mutating func atom(_ index: Int) -> Part {
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
  private mutating func bracket(_ open: Int, _ close: LeakToken.Kind) -> Part {
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

  private mutating func command(_ index: Int) -> Part {
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

  private mutating func words(_ index: Int) -> Part {
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
  private mutating func phrase(_ left: Part, _ start: Int) -> Part {
    var index = start
    if reader.role(index) == .the { index += 1 }
    guard canStart(index) else { return left }
    let right = factor(index)
    guard right.value != nil else { return Part(end: right.end) }
    return combine(left, right) { $0 * $1 }
  }

  /// "sum of 5 and 7", "difference between 12 and 3".
  private mutating func listed(
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
  private func skipUnits(_ index: Int) -> Int {
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

  // MARK: Values

  private func combine(
    _ a: Part, _ b: Part, _ operation: (Rational, Rational) -> Rational?
  ) -> Part {
    var result = Part(end: b.end, operations: a.operations + b.operations + 1)
    if let x = a.value, let y = b.value { result.value = operation(x, y).flatMap(Self.bounded) }
    return result
  }

  private func apply(_ a: Part, end: Int, _ operation: (Rational) -> Rational?) -> Part {
    Part(
      end: end, value: a.value.flatMap(operation).flatMap(Self.bounded),
      operations: a.operations + 1)
  }

  private static func bounded(_ value: Rational) -> Rational? {
    value.numerator.limbCount <= maximumLimbs && value.denominator.limbCount <= maximumLimbs
      ? value : nil
  }
}
