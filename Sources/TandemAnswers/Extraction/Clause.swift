/// The words around a place in a clause, in lower case and without apostrophes.
enum Clause {
  /// Words farther away say nothing about a place.
  private static let mostWords = 16
  private static let mostBytes = 160

  /// The words before an index, the nearest first, up to the end of its clause.
  ///
  /// - Parameter isEnd: whether a mark ends the clause, given the words passed so far
  static func words(
    before index: Int, in bytes: [UInt8], _ range: Range<Int>,
    isEnd: (UInt8, [Symbol]) -> Bool
  ) -> [Symbol] {
    var words: [Symbol] = []
    let limit = max(range.lowerBound, index - mostBytes)
    var place = index
    while place > limit, words.count < mostWords {
      var start = place
      while start > limit, isWord(bytes, start - 1) { start -= 1 }
      if start < place {
        words.append(word(bytes[start..<place]))
        place = start
      } else {
        place -= 1
        if isEnd(bytes[place], words) { break }
      }
    }
    return words
  }

  /// The words from an index on, up to the end of its clause.
  static func words(
    after index: Int, in bytes: [UInt8], _ range: Range<Int>,
    isEnd: (UInt8, [Symbol]) -> Bool
  ) -> [Symbol] {
    var words: [Symbol] = []
    let limit = min(range.upperBound, index + mostBytes)
    var place = index
    while place < limit, words.count < mostWords {
      var end = place
      while end < limit, isWord(bytes, end) { end += 1 }
      if end > place {
        words.append(word(bytes[place..<end]))
        place = end
      } else {
        if isEnd(bytes[place], words) { break }
        place += 1
      }
    }
    return words
  }

  /// Whether a mark ends a sentence or an independent part of it.
  static func endsSentence(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x0A, UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"),
      UInt8(ascii: ":"):
      true
    default: false
    }
  }

  static func set(_ words: String) -> Set<Symbol> {
    Set(words.split(separator: " ").map { Symbol(name: $0.utf8) })
  }

  private static func isWord(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes.isWordByte(at: index) && bytes[index] < 0x80 || bytes[index] == UInt8(ascii: "'")
      || isApostrophe(bytes, index) || isApostrophe(bytes, index - 1)
      || isApostrophe(bytes, index - 2)
  }

  /// Whether the typographic apostrophe stands at an index.
  private static func isApostrophe(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes.holds("\u{2019}", at: index)
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> Symbol {
    Symbol(
      name: bytes.filter { $0 < 0x80 && $0 != UInt8(ascii: "'") }
        .map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
  }
}
