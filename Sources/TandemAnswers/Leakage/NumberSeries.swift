internal import TandemRecords

/// A gold answer of several plain numbers, found where they stand together in words.
///
/// Lists of numerals are compared as expressions are; this finds "two, five and seven".
struct NumberSeries {
  private let values: [Rational]
  /// Whether the order matters, as in a pair in brackets.
  private let isOrdered: Bool

  /// Reads a gold answer; nil when it is no list of plain numbers.
  init?(_ gold: LeakReading, isOrdered: Bool) {
    let mentions = gold.reader.mentions
    guard mentions.count > 1, let chain = Self.chains(gold).first, chain.count == mentions.count
    else { return nil }
    var values = mentions.compactMap(\.rational)
    guard values.count == mentions.count, Self.isPlain(gold, mentions) else { return nil }
    if !isOrdered { values.sort() }
    self.values = values
    self.isOrdered = isOrdered
  }

  /// Whether a text holds nothing but numbers, commas and brackets.
  private static func isPlain(_ gold: LeakReading, _ mentions: [Mention]) -> Bool {
    gold.tokens.indices.allSatisfy { index in
      if mentions.contains(where: { $0.tokens.contains(index) }) { return true }
      switch gold.tokens[index].kind {
      case .comma, .openParen, .closeParen, .openBrace, .closeBrace, .openSet, .closeSet:
        return true
      default: return gold.reader.role(index) == .and || gold.reader.role(index) == .or
      }
    }
  }

  /// The places of a text where the numbers stand together, at least one of them in words.
  func search(_ reading: LeakReading, into leaks: inout [Leak]) {
    for chain in Self.chains(reading) where chain.count == values.count {
      let mentions = reading.reader.mentions[chain]
      let isWorded = mentions.contains { reading.tokens[$0.tokens.lowerBound].kind == .word }
      guard isWorded, mentions.allSatisfy(\.isValue), let first = mentions.first,
        let last = mentions.last
      else { continue }
      var found = mentions.compactMap(\.rational)
      if !isOrdered { found.sort() }
      guard found == values else { continue }
      leaks.append(
        Leak(
          tokens: first.tokens.lowerBound..<last.tokens.upperBound, severity: .equivalent,
          rule: "list"))
    }
  }

  /// The longest runs of mentions that only commas, "and" and "or" keep apart.
  private static func chains(_ reading: LeakReading) -> [Range<Int>] {
    let mentions = reading.reader.mentions
    var chains: [Range<Int>] = []
    var start = 0
    for index in mentions.indices {
      let isLast = index + 1 == mentions.count
      let joins =
        !isLast
        && isJoint(
          mentions[index].tokens.upperBound..<mentions[index + 1].tokens.lowerBound, reading)
      guard !joins else { continue }
      if index > start { chains.append(start..<(index + 1)) }
      start = index + 1
    }
    return chains
  }

  private static func isJoint(_ range: Range<Int>, _ reading: LeakReading) -> Bool {
    guard 1...2 ~= range.count else { return false }
    return range.allSatisfy { index in
      if reading.tokens[index].kind == .comma { return true }
      let role = reading.reader.role(index)
      return role == .and || role == .or
    }
  }
}
