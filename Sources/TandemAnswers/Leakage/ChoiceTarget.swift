internal import TandemRecords

/// The letter of a choice question; it counts only where it is marked as a choice.
struct ChoiceTarget {
  /// In upper case.
  let letter: UInt8
  /// How many options there are; 0 when they are not known.
  let count: Int

  func search(_ reading: LeakReading, into leaks: inout [Leak]) {
    for index in reading.tokens.indices {
      let token = reading.tokens[index]
      guard token.kind == .word, token.range.count == 1,
        reading.bytes[Int(token.start)] & 0xDF == letter, !token.isScript,
        let tokens = marked(index, in: reading)
      else { continue }
      leaks.append(Leak(tokens: tokens, severity: .equivalent, rule: "choice"))
    }
  }

  private func marked(_ index: Int, in reading: LeakReading) -> Range<Int>? {
    let reader = reading.reader
    let isCapital = reading.bytes[Int(reading.tokens[index].start)] & 0x20 == 0
    var (first, last) = (index, index)
    while reader.kind(first - 1) == .openBrace, reader.kind(last + 1) == .closeBrace {
      (first, last) = (first - 1, last + 1)
    }
    let isBracketed =
      reader.kind(first - 1) == .openParen && reader.kind(last + 1) == .closeParen
    if isBracketed {
      // P(C), f(c)
      let before = first - 2
      let isCall =
        reader.isTight(first - 1)
        && (reader.kind(before) == .word || reader.kind(before) == .closeParen
          || reader.kind(before) == .command || reader.kind(before) == .number)
      (first, last) = (first - 1, last + 1)
      if !isCall || reading.tokens[index].isStated { return first..<(last + 1) }
    }
    if reader.kind(first - 1) == .openBox, reader.kind(last + 1) == .closeBrace {
      return index..<(index + 1)
    }
    // Another letter or sign makes a name of it: C(5, 2), C = 3, C_1.
    switch reader.kind(last + 1) {
    case .openParen where reader.isTight(last + 1), .underscore, .caret, .equals, .plus, .times,
      .divide:
      return nil
    default: break
    }
    var place = first - 1
    while reader.kind(place) == .colon || reader.kind(place) == .openBrace { place -= 1 }
    if reader.kind(place) == .marker { return index..<(index + 1) }
    switch reader.role(place) {
    case .option:
      // "the letter d in words"
      let isLetter = reading.tokens[place].code == Self.letterWord
      let isMentioned = isLetter && !isCapital && !endsClause(last + 1, reader)
      return isMentioned ? nil : index..<(index + 1)
    case .answer: return index..<(index + 1)
    case .choose: return isCapital && endsClause(last + 1, reader) ? index..<(index + 1) : nil
    case .verb:
      // "The answer is C", "the correct option is c", but not "the answer is a number".
      guard reading.tokens[index].isStated || isOption(place - 1, reader) else { return nil }
      return isCapital && letter != 0x41 || endsClause(last + 1, reader)
        || isOptionText(last + 1, reader)
        ? index..<(index + 1) : nil
    default: break
    }
    guard reading.tokens[index].isStated, reader.kind(first - 1) != .word,
      endsClause(last + 1, reader)
    else { return nil }
    return index..<(index + 1)
  }

  private static let letterWord = LeakWord.code("letter")

  private func endsClause(_ index: Int, _ reader: MentionReader) -> Bool {
    switch reader.kind(index) {
    case .newline, .stop, .comma, .semicolon, .closeBrace, .closeParen, .bang, .colon: true
    default: index >= reader.tokens.count
    }
  }

  private func isOptionText(_ index: Int, _ reader: MentionReader) -> Bool {
    reader.kind(index) == .openParen || reader.role(index) == .and
  }

  /// Whether "option", "choice" or "answer" stands a few words before.
  private func isOption(_ index: Int, _ reader: MentionReader) -> Bool {
    for place in stride(from: index, to: max(-1, index - 4), by: -1) {
      switch reader.role(place) {
      case .option, .answer: return true
      default: if reader.kind(place) != .word { return false }
      }
    }
    return false
  }

  /// The regions in which all options are listed together, where a letter says nothing.
  func listings(_ reading: LeakReading) -> [Range<Int>] {
    let reader = reading.reader
    var regions: [Range<Int>] = []
    var start = 0
    var expected: UInt8 = 0x41
    for index in reading.tokens.indices {
      let token = reading.tokens[index]
      guard token.kind == .word, token.range.count == 1,
        reader.kind(index + 1) == .closeParen || reader.kind(index + 1) == .stop
          || reader.kind(index + 1) == .colon,
        reader.kind(index - 1) == .openParen || reader.kind(index - 1) == .newline
          || expected > 0x41
      else { continue }
      let letter = reading.bytes[Int(token.start)] & 0xDF
      if letter == expected, letter != 0x41 || expected == 0x41 {
        if letter == 0x41 { start = index }
        expected += 1
        if Int(expected) - 0x41 >= max(count, 3), count > 0 || self.letter < expected {
          var end = index
          while end < reading.tokens.count, reading.tokens[end].kind != .newline { end += 1 }
          if let last = regions.last, last.lowerBound == start { regions.removeLast() }
          regions.append(start..<end)
        }
      } else {
        expected = letter == 0x41 ? 0x42 : 0x41
        if letter == 0x41 { start = index }
      }
    }
    return regions
  }
}
