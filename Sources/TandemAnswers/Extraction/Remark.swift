/// Words behind the value of an answer statement that are no part of it.
enum Remark {
  /// Blanks and commas before a remark; more are never searched, so long gaps cost no time.
  private static let largestGap = 16

  /// Whether a remark begins at a blank, comma, semicolon or dash.
  static func starts(_ bytes: [UInt8], _ index: Int) -> Bool {
    var place = index
    switch bytes[index] {
    case UInt8(ascii: ";"): return startsClause(bytes, index + 1)
    case 0xE2:
      guard let dash = dashEnd(bytes, index), bytes[index + 2] == 0x94 else { return false }
      return startsClause(bytes, dash)
    default: break
    }
    let limit = min(bytes.count, index + largestGap)
    while place < limit, bytes[place] == 0x20 || bytes[place] == 0x2C { place += 1 }
    if let dash = dashEnd(bytes, place), dash < bytes.count, bytes[dash] == 0x20 {
      return bytes[index] == 0x20 && startsClause(bytes, dash)
    }
    if bytes.holds("(", at: place) { return reasons.contains { holds($0, bytes, place + 1) } }
    return reasons.contains { holds($0, bytes, place) }
      || bytes[index] == 0x2C && clauses.contains { holds($0, bytes, place) }
  }

  /// Whether the remark behind a value says that it is wrong.
  static func takesBack(_ bytes: [UInt8], _ index: Int) -> Bool {
    let words = Clause.words(after: index, in: bytes, index..<bytes.count) { byte, _ in
      Clause.endsSentence(byte)
    }
    guard words.first == Symbol(name: "which".utf8), words.count > 2 else { return false }
    return verbs.contains(words[1]) && words.dropFirst(2).prefix(3).contains(where: faults.contains)
  }

  private static let verbs = Clause.set("is was isnt wasnt cannot cant seems must would")
  private static let faults = Clause.set("wrong incorrect false not impossible mistaken invalid")

  private static func holds(_ word: StaticString, _ bytes: [UInt8], _ index: Int) -> Bool {
    bytes.holds(word, at: index, anyCase: true)
  }

  private static let reasons: [StaticString] = ["because", "since", "which"]
  private static let clauses: [StaticString] = ["as ", "so ", "not ", "where", "for "]

  /// The place behind a hyphen, an en dash or an em dash.
  private static func dashEnd(_ bytes: [UInt8], _ index: Int) -> Int? {
    if bytes.holds("-", at: index) { return index + 1 }
    guard bytes.holds("\u{2013}", at: index) || bytes.holds("\u{2014}", at: index) else {
      return nil
    }
    return index + 3
  }

  /// Bytes of a clause that are searched for another value.
  private static let reach = 80

  /// Whether prose begins behind blanks that speaks of no further value.
  private static func startsClause(_ bytes: [UInt8], _ start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    var end = index
    while end < bytes.count, (bytes[end] | 0x20) &- 0x61 < 26 { end += 1 }
    let word = bytes[index..<end]
    return end - index >= 3 && Function(name: word) == nil && Words.number(word) == nil
      && !joints.contains(Symbol(name: word.map { $0 | 0x20 })) && !holdsValue(bytes, index)
  }

  /// Whether digits, number words or formulas follow in the line.
  private static func holdsValue(_ bytes: [UInt8], _ start: Int) -> Bool {
    let reach = start..<min(bytes.count, start + reach)
    let rest = bytes[start..<bytes.first(0x0A, in: reach)]
    if rest.contains(where: { $0 &- 0x30 < 10 || $0 == UInt8(ascii: "$") || $0 == 0x5C }) {
      return true
    }
    return rest.split { ($0 | 0x20) &- 0x61 >= 26 }.contains { Words.number($0) != nil }
  }

  /// Words that go on with a second value.
  private static let joints: Set<Symbol> = {
    let words = ["and", "but", "alternatively", "either", "minus", "negative", "half", "infinity"]
    return Set(words.map { Symbol(name: $0.utf8) })
  }()
}
