/// Units beside numbers, and exact conversions inside one system.
enum LeakUnit {
  /// A unit in its one spelling, and the tokens of the value with it.
  struct Reading {
    var name: [UInt8]
    var tokens: Range<Int>
    /// Whether it stands before the number, as a currency sign does.
    var isPrefix = false
  }

  /// The unit that stands beside a value; nil when there is none that is known.
  ///
  /// - Parameter isPart: whether a larger unit stands before, so that "in" is no preposition
  static func beside(_ mention: Mention, in reading: LeakReading, isPart: Bool = false) -> Reading?
  {
    let reader = reading.reader
    let first = mention.tokens.lowerBound
    if let currency = currency(before: first, in: reading) {
      return Reading(
        name: currency.name, tokens: currency.token..<mention.tokens.upperBound, isPrefix: true)
    }
    var index = mention.tokens.upperBound
    while reader.kind(index) == .openBrace || reader.kind(index) == .closeBrace
      || reader.kind(index) == .caret && reader.kind(index + 1) == .degree
      || reader.kind(index) == .minus && reader.isTight(index) && reader.isTight(index + 1)
    {
      index += 1
    }
    if reader.kind(index) == .degree {
      return Reading(name: Array("degree".utf8), tokens: first..<(index + 1))
    }
    if reader.kind(index) == .currency, reading.tokens[index].code == 0xA2 {
      return Reading(name: Array("cent".utf8), tokens: first..<(index + 1))
    }
    var unit = Unit()
    var end = index
    var isMeasure = false
    while reader.kind(index) == .word, index - mention.tokens.upperBound < 8 {
      let token = reading.tokens[index]
      let word = reading.bytes[token.range]
      let isPrefix = prefixes.contains(token.code)
      if !isPrefix {
        guard Unit.canonical(word) != nil, isPart || !isPreposition(index, reading) else { break }
      }
      unit.take(word)
      index += 1
      guard !isPrefix else { continue }
      isMeasure = true
      end = index
      if reader.kind(index) == .caret, reader.kind(index + 1) == .number {
        unit.raise(Rational(reader.numeral(index + 1).numerator))
        index += 2
        end = index
      } else if reader.kind(index) == .superscript {
        unit.raise(Rational(MentionReader.superscript(reading.tokens[index].code)))
        index += 1
        end = index
      }
      guard reader.kind(index) == .divide || reader.role(index) == .per,
        reader.kind(index + 1) == .word,
        Unit.canonical(reading.bytes[reading.tokens[index + 1].range]) != nil
      else { break }
      unit.divide()
      index += 1
    }
    return isMeasure ? Reading(name: unit.name, tokens: first..<end) : nil
  }

  private static let prefixes: Set<UInt64> = Set(
    ["square", "sq", "cubic", "cu"].map { LeakWord.code($0) })

  /// "12 in all" has no unit.
  private static func isPreposition(_ index: Int, _ reading: LeakReading) -> Bool {
    let token = reading.tokens[index]
    guard token.code == LeakWord.code("in") || token.code == LeakWord.code("a") else {
      return false
    }
    return token.spaced && reading.reader.kind(index + 1) == .word
  }

  private static func currency(
    before first: Int, in reading: LeakReading
  ) -> (name: [UInt8], token: Int)? {
    if reading.reader.kind(first - 1) == .currency {
      let name =
        switch reading.tokens[first - 1].code {
        case 0x20AC: "euro"
        case 0xA3: "pound"
        default: "dollar"
        }
      return (Array(name.utf8), first - 1)
    }
    let start = Int(reading.tokens[first].start)
    guard start > 0, reading.bytes[start - 1] == UInt8(ascii: "$") else { return nil }
    // `$5$` is a formula; `$5` is money.
    let line = reading.bytes[start...].prefix(48)
    for byte in line {
      if byte == UInt8(ascii: "$") { return nil }
      if byte == 0x0A || byte == 0x20 { break }
    }
    return (Array("dollar".utf8), first)
  }

  // MARK: Conversions

  /// What a value in one unit is multiplied by to be in the other; nil across systems.
  static func factor(from unit: [UInt8], to other: [UInt8]) -> Rational? {
    let (a, power) = split(unit)
    let (b, otherPower) = split(other)
    guard power == otherPower, let x = scales[a], let y = scales[b], x.system == y.system,
      let factor = Rational(Integer(x.size), Integer(y.size))
    else { return nil }
    return try? factor.power(power)
  }

  private static func split(_ unit: [UInt8]) -> (name: String, power: Int) {
    let parts = unit.split(separator: UInt8(ascii: "^"), maxSplits: 1)
    let name = parts.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let power = parts.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    return (name, power.map { min($0, 4) } ?? 1)
  }

  private static let scales: [String: (system: Int, size: Int)] = [
    "millimeter": (0, 1), "centimeter": (0, 10), "meter": (0, 1_000), "kilometer": (0, 1_000_000),
    "inch": (1, 1), "foot": (1, 12), "yard": (1, 36), "mile": (1, 63_360),
    "second": (2, 1), "minute": (2, 60), "hour": (2, 3_600), "day": (2, 86_400),
    "week": (2, 604_800), "month": (3, 1), "year": (3, 12),
    "milligram": (4, 1), "gram": (4, 1_000), "kilogram": (4, 1_000_000),
    "ounce": (5, 1), "pound": (5, 16), "milliliter": (6, 1), "liter": (6, 1_000),
    "cup": (7, 1), "pint": (7, 2), "quart": (7, 4), "gallon": (7, 16),
    "cent": (8, 1), "dollar": (8, 100),
  ]
}
