/// A few words of letters, told apart from most others by their first letter and length.
struct WordSet: Sendable {
  /// For each first letter the lengths that occur, one bit each.
  private var lengths = [UInt32](repeating: 0, count: 32)
  private var codes: Set<UInt64> = []

  init(_ words: [String]) {
    for word in words { insert(Array(word.utf8)) }
  }

  /// Adds a word of fewer than 32 letters.
  mutating func insert(_ word: [UInt8]) {
    guard let first = word.first, word.count < 32 else { return }
    lengths[Int(first & 0x1F)] |= 1 << UInt32(word.count)
    codes.insert(LeakWord.code(word, 0..<word.count))
  }

  /// Whether a word with a first letter and a length may be among them.
  func mayHold(first: UInt8, length: Int) -> Bool {
    length < 32 && lengths[Int(first & 0x1F)] >> UInt32(length) & 1 == 1
  }

  /// Whether the word at a place is among them, in any case.
  func holds(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    !range.isEmpty && mayHold(first: bytes[range.lowerBound], length: range.count)
      && codes.contains(LeakWord.code(bytes, range))
  }
}
