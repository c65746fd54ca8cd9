internal import TandemRecords

/// A quantity in several units of one system, larger ones first: 5 feet 3 inches, 1 hour and 30 minutes.
struct CompoundQuantity {
  /// The value in the smallest of the units.
  var value: Rational
  /// The smallest of the units, in its one spelling.
  var unit: [UInt8]
  var tokens: Range<Int>

  /// The quantity that begins with a mention; nil when it has one unit only.
  init?(_ first: Mention, in reading: LeakReading) {
    guard !first.isPercent, let measured = LeakUnit.beside(first, in: reading),
      var value = first.rational
    else { return nil }
    var unit = measured.name
    var tokens = measured.tokens
    while let next = Self.part(behind: tokens.upperBound, in: reading),
      let amount = next.mention.rational, amount.signum >= 0,
      let factor = LeakUnit.factor(from: unit, to: next.measured.name),
      // A smaller unit, and less of it than makes one of the larger.
      amount < factor, factor.isInteger, !factor.isOne
    {
      value = value * factor + amount
      unit = next.measured.name
      tokens = tokens.lowerBound..<next.measured.tokens.upperBound
    }
    guard tokens != measured.tokens else { return nil }
    (self.value, self.unit, self.tokens) = (value, unit, tokens)
  }

  /// The value with its unit that stands behind a quantity, perhaps joined by a comma or "and".
  private static func part(
    behind end: Int, in reading: LeakReading
  ) -> (mention: Mention, measured: LeakUnit.Reading)? {
    let reader = reading.reader
    var index = end
    if reader.kind(index) == .comma { index += 1 }
    if reader.role(index) == .and { index += 1 }
    guard let mention = reader.mention(at: index), !mention.isPercent,
      let measured = LeakUnit.beside(mention, in: reading, isPart: true), !measured.isPrefix
    else { return nil }
    return (mention, measured)
  }
}
