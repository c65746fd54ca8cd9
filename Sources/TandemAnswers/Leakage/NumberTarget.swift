internal import TandemRecords

/// A gold answer that is one number, perhaps with a unit, percent sign or name.
struct NumberTarget {
  private var mention: Mention
  private let value: Rational?
  /// The value of an irrational number, or of a fraction without a finite decimal.
  private let approximate: Double?
  private let unit: [UInt8]?
  /// Whether the unit is a measure and not a counted noun.
  let isMeasure: Bool
  private let isPrefixed: Bool
  /// Whether it is a quantity in several units, which no bare number stands for.
  private let isCompound: Bool
  /// Whether it is written as an expression, such as 2^5.
  private let isEvaluated: Bool
  private let name: UInt64?
  private let spelling: [UInt8]
  private let bareSpelling: [UInt8]
  private let asksForPercent: Bool

  /// Reads a gold answer; nil when it is no single number.
  init?(_ gold: String, _ key: AnswerKey, _ parsed: ParsedAnswer) {
    let reading = LeakReading(gold)
    asksForPercent = key.hints.asksForPercent
    spelling = reading.spelling(0..<reading.tokens.count)
    let reader = reading.reader
    let values = reader.mentions
    var name: UInt64?
    var unit: [UInt8]?
    if values.count == 1, let only = values.first,
      let marks = Self.marks(reading, only)
    {
      mention = only
      (name, unit, isPrefixed) = marks
      value = only.rational
      bareSpelling = reading.spelling(only.tokens)
      isCompound = false
      isEvaluated = false
    } else if let whole = Self.compound(reading), let total = Mention(whole) {
      mention = total
      value = whole.value
      unit = whole.unit
      isPrefixed = false
      bareSpelling = spelling
      isCompound = true
      isEvaluated = false
    } else if let tree = parsed.tree, Self.isScalar(tree), let value = Self.value(tree) {
      self.value = value
      mention = Mention(0..<1, value.numerator.word ?? 0, value.denominator.word ?? 1)
      if value.numerator.word == nil || value.denominator.word == nil { mention.denominator = 0 }
      bareSpelling = spelling
      isPrefixed = false
      isCompound = false
      isEvaluated = true
    } else {
      return nil
    }
    self.name = name
    self.unit = unit
    isMeasure = unit.map { Unit.isMeasure($0) || $0 == Array("degree".utf8) } ?? false
    var rest = mention.denominator
    for prime in [2, 5] { while rest > 1, rest % prime == 0 { rest /= prime } }
    approximate = rest > 1 ? mention.double : nil
  }

  /// What a text holds beside a number: a name, a unit; nil when there is more than that.
  private static func marks(
    _ reading: LeakReading, _ mention: Mention
  ) -> (name: UInt64?, unit: [UInt8]?, isPrefixed: Bool)? {
    var name: UInt64?
    let reader = reading.reader
    var index = 0
    while index < mention.tokens.lowerBound {
      switch reader.kind(index) {
      case .openBrace, .openBox, .marker, .newline, .currency: break
      case .word:
        guard reading.tokens[index].range.count == 1, reader.kind(index + 1) == .equals else {
          return nil
        }
        name = reading.tokens[index].code
      case .equals: break
      default: return nil
      }
      index += 1
    }
    let measured = LeakUnit.beside(mention, in: reading)
    index = measured?.tokens.upperBound ?? mention.tokens.upperBound
    var noun = Unit()
    while index < reading.tokens.count {
      switch reader.kind(index) {
      case .openBrace, .closeBrace, .stop, .newline: break
      case .word where reader.role(index) == nil && reading.tokens[index].range.count > 1:
        noun.take(reading.bytes[reading.tokens[index].range])
      default: return nil
      }
      index += 1
    }
    let unit = measured?.name ?? (noun.isEmpty ? nil : noun.name)
    return (name, unit, measured?.isPrefix ?? false)
  }

  /// The quantity in several units that a whole text is.
  private static func compound(_ reading: LeakReading) -> CompoundQuantity? {
    guard let first = reading.reader.mentions.first,
      let whole = CompoundQuantity(first, in: reading)
    else { return nil }
    let others = reading.tokens.indices.filter { !whole.tokens.contains($0) }
    let isWhole = others.allSatisfy { index in
      switch reading.tokens[index].kind {
      case .openBrace, .closeBrace, .stop, .newline: true
      default: false
      }
    }
    return isWhole ? whole : nil
  }

  private static func isScalar(_ tree: Tree) -> Bool {
    switch tree.kind(tree.root) {
    case .number, .negative, .sum, .product, .quotient, .power, .root, .call, .binomial, .mixed:
      true
    default: false
    }
  }

  private static func value(_ tree: Tree) -> Rational? {
    var budget = Budget(steps: 20_000)
    return (try? NormalForm(tree: tree).quotient(tree.root, &budget))?.rational
  }

  // MARK: Search

  /// The places of a text that give the number away.
  func search(_ reading: LeakReading, into leaks: inout [Leak]) {
    for mention in reading.reader.mentions {
      // "One hour thirty minutes" counts hours, whatever "one" is by itself.
      if let leak = compoundLeak(mention, in: reading) { leaks.append(leak) }
      if mention.isValue, let leak = leak(mention, in: reading) { leaks.append(leak) }
    }
    guard let value else { return }
    for result in reading.arithmetic.results where holds(result.value, value) {
      // A quotient is how a fraction is written; behind a name it is its right side.
      let isFraction = result.isFraction && !value.isInteger
      let isSpelled =
        (isFraction || isEvaluated) && reading.spelling(result.tokens) == bareSpelling
      leaks.append(
        Leak(
          tokens: result.tokens,
          severity: isSpelled ? .literal : isFraction ? .equivalent : .derivable,
          rule: isFraction ? "fraction" : isSpelled ? "token" : "arithmetic"))
    }
  }

  /// Whether only arithmetic finds some of its spellings.
  var needsArithmetic: Bool { isEvaluated || value.map { !$0.isInteger } ?? false }

  /// What a text without it can be told by; nil when there is no short way.
  var need: LeakSieve.Need? {
    isMeasure || isEvaluated
      ? nil
      : .number(
        numerator: mention.numerator, denominator: mention.denominator,
        isPercent: mention.isPercent)
  }

  /// The same quantity in several units.
  private func compoundLeak(_ first: Mention, in reading: LeakReading) -> Leak? {
    guard isMeasure, let unit, let whole = CompoundQuantity(first, in: reading),
      let factor = LeakUnit.factor(from: whole.unit, to: unit), whole.value * factor == value
    else { return nil }
    let isLiteral = isCompound && reading.spelling(whole.tokens) == spelling
    return Leak(
      tokens: whole.tokens, severity: isLiteral ? .literal : .equivalent,
      rule: isLiteral ? "token" : "unit")
  }

  private func holds(_ result: Rational, _ value: Rational) -> Bool {
    if result == value { return true }
    return mention.isPercent && result == value * Rational(100)
  }

  private func leak(_ found: Mention, in reading: LeakReading) -> Leak? {
    var rule = "value"
    var tokens = found.tokens
    var isExact = true
    let measured = unit == nil ? nil : LeakUnit.beside(found, in: reading)
    if let measured, let unit, measured.name != unit, !found.isPercent {
      guard isMeasure, measured.name != unit, let value, let other = found.rational,
        let factor = LeakUnit.factor(from: measured.name, to: unit), other * factor == value
      else { return nil }
      return Leak(tokens: measured.tokens, severity: .equivalent, rule: "unit")
    }
    if unit != nil, found.isPercent || isCompound && measured == nil { return nil }
    if !isSame(found) {
      isExact = false
      if mention.isPercent, !found.isPercent, isHundredfold(found, of: mention) {
        rule = "percent"
      } else if asksForPercent, found.isPercent, isHundredfold(mention, of: found) {
        rule = "percent"
      } else if isRounding(found) {
        rule = "decimal"
      } else {
        return nil
      }
    }
    if found.isPercent != mention.isPercent { rule = "percent" }
    if let measured {
      tokens = measured.tokens
      rule = "unit"
    }
    var isNamed = false
    if let name {
      switch self.name(beside: tokens, in: reading) {
      case (name, let whole)?:
        tokens = whole
        isNamed = true
      case (_, _)?: return nil
      case nil: rule = "name"
      }
    }
    let hasAll = (name == nil || isNamed) && (unit == nil || measured != nil)
    let isLiteral =
      isExact && hasAll && found.isPercent == mention.isPercent
      && isSpelled(tokens, found, measured, in: reading)
    if isLiteral { rule = "token" }
    if !isLiteral, rule == "value" { rule = Self.rule(of: found, in: reading) }
    return Leak(tokens: tokens, severity: isLiteral ? .literal : .equivalent, rule: rule)
  }

  private func isSpelled(
    _ tokens: Range<Int>, _ found: Mention, _ measured: LeakUnit.Reading?, in reading: LeakReading
  ) -> Bool {
    if unit == nil && name == nil { return reading.spelling(tokens) == bareSpelling }
    if measured?.isPrefix == true {
      return isPrefixed && reading.spelling(found.tokens) == bareSpelling
    }
    return reading.spelling(tokens) == spelling
  }

  /// Whether the unit is a counted noun, which only its spelling tells.
  var isCount: Bool { unit != nil && !isMeasure }

  private static func rule(of mention: Mention, in reading: LeakReading) -> String {
    let kinds = reading.tokens[mention.tokens].map(\.kind)
    if kinds.contains(.word) { return "words" }
    if mention.denominator > 1 && mention.digits == 0 { return "fraction" }
    return mention.digits > 0 ? "decimal" : "number"
  }

  private func isSame(_ found: Mention) -> Bool {
    found.numerator == mention.numerator && found.denominator == mention.denominator
  }

  /// Whether one value is a hundred times the other.
  private func isHundredfold(_ found: Mention, of percent: Mention) -> Bool {
    var scaled = percent
    guard scaled.multiply(100) else { return false }
    return scaled.numerator == found.numerator && scaled.denominator == found.denominator
  }

  /// Whether a decimal agrees with the value to seven significant digits.
  private func isRounding(_ found: Mention) -> Bool {
    guard let approximate, found.digits >= 7, let other = found.double else { return false }
    return abs(other - approximate) <= 5e-7 * abs(approximate)
  }

  /// The name that is equated with a value, and the tokens of both.
  private func name(
    beside tokens: Range<Int>, in reading: LeakReading
  ) -> (UInt64, Range<Int>)? {
    let reader = reading.reader
    var index = tokens.lowerBound - 1
    while reader.kind(index) == .openBrace { index -= 1 }
    if reader.kind(index) == .equals || reader.role(index) == .verb,
      reader.kind(index - 1) == .word,
      reading.tokens[index - 1].range.count == 1
    {
      return (reading.tokens[index - 1].code, (index - 1)..<tokens.upperBound)
    }
    return nil
  }
}
