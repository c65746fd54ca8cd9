internal import TandemRecords

/// A gold answer of words, or of anything that has no value: found as it is written.
struct PhraseTarget {
  /// What stands for a token when only its content matters.
  private let pattern: [UInt64]
  private let fallback: [Int]
  private let rule: String
  /// What a text without it can be told by: its longest word; nil when it has none of plain letters.
  ///
  /// Beside a number it is found nowhere where that is not.
  let need: LeakSieve.Need?

  init?(_ gold: String, rule: String) {
    let reading = LeakReading(gold)
    var pattern: [UInt64] = []
    for index in reading.tokens.indices {
      if let mark = Self.mark(index, in: reading) { pattern.append(mark) }
    }
    while pattern.last == Self.stop { pattern.removeLast() }
    guard !pattern.isEmpty else { return nil }
    self.pattern = pattern
    self.rule = rule
    // Knuth, Morris and Pratt: the longest border of every prefix.
    var fallback = [0]
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, pattern[index] != pattern[length] { length = fallback[length - 1] }
      if pattern[index] == pattern[length] { length += 1 }
      fallback.append(length)
    }
    self.fallback = fallback
    guard rule == "text" else {
      need = .lines
      return
    }
    let words = reading.tokens.filter { token in
      token.kind == .word
        && reading.bytes[token.range].allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
    }
    need = words.max { $0.range.count < $1.range.count }
      .map {
        .word($0.code, bytes: Array(reading.bytes[$0.range]), alone: pattern.count == 1)
      }
  }

  private static let stop = UInt64(LeakToken.Kind.stop.rawValue) << 56 | 1

  /// Nil for a token that does not matter.
  private static func mark(_ index: Int, in reading: LeakReading) -> UInt64? {
    let token = reading.tokens[index]
    switch token.kind {
    case .openBrace, .closeBrace, .openBox, .marker, .newline: return nil
    case .word: return token.code
    case .command, .identifier, .number, .clock, .other:
      return LeakWord.code(
        reading.spelling(index..<(index + 1)).reduce(into: "") {
          $0.unicodeScalars.append(Unicode.Scalar($1))
        })
    default: return UInt64(token.kind.rawValue) << 56 | 1 ^ token.code >> 8
    }
  }

  func search(_ reading: LeakReading, into leaks: inout [Leak]) {
    var length = 0
    var places: [Int] = []
    for index in reading.tokens.indices {
      guard let mark = Self.mark(index, in: reading) else { continue }
      places.append(index)
      while length > 0, length == pattern.count || pattern[length] != mark {
        length = fallback[length - 1]
      }
      if pattern[length] == mark { length += 1 }
      guard length == pattern.count else { continue }
      let first = places[places.count - length]
      if isWhole(first, index, in: reading) {
        leaks.append(Leak(tokens: first..<(index + 1), severity: .literal, rule: rule))
      }
    }
  }

  /// Whether nothing beside the tokens makes another value of them.
  private func isWhole(_ first: Int, _ last: Int, in reading: LeakReading) -> Bool {
    let reader = reading.reader
    if reading.tokens[first].isScript { return false }
    let isText = reading.tokens[first...last].allSatisfy {
      $0.kind == .word && $0.range.count > 1 || $0.kind == .stop || $0.kind == .comma
    }
    if isText {
      // A hyphen makes a longer word.
      return
        !(reader.kind(first - 1) == .minus && reader.isTight(first) && reader.isTight(first - 1))
        && !(reader.kind(last + 1) == .minus && reader.isTight(last + 1) && reader.isTight(last + 2)
          && reader.kind(last + 2) == .word)
    }
    for (index, isBefore) in [(first - 1, true), (last + 1, false)] {
      switch reader.kind(index) {
      case .plus, .minus, .times, .divide, .caret, .underscore, .superscript, .pi: return false
      case .number, .vulgar: if reader.isTight(isBefore ? first : index) { return false }
      case .word:
        if reading.tokens[index].range.count == 1, reader.isTight(isBefore ? first : index) {
          return false
        }
      default: break
      }
    }
    return true
  }
}
