/// Plain searches in bytes, each in one pass.
extension [UInt8] {
  /// Whether ASCII letters, digits or bytes beyond ASCII stand at an index.
  package func isWordByte(at index: Int) -> Bool {
    guard indices.contains(index) else { return false }
    let byte = self[index]
    return (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80
  }

  /// Whether `text` stands at an index; in any case when it is given in lower case and `anyCase`.
  package func holds(_ text: StaticString, at index: Int, anyCase: Bool = false) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    return text.withUTF8Buffer { buffer in
      for offset in 0..<length {
        var byte = self[index + offset]
        if anyCase, byte &- 0x41 < 26 { byte |= 0x20 }
        if byte != buffer[offset] { return false }
      }
      return true
    }
  }

  /// The last place of `text` that begins in a range.
  package func last(_ text: StaticString, in range: Range<Int>, anyCase: Bool = false) -> Int? {
    var index = Swift.min(range.upperBound, count - text.utf8CodeUnitCount + 1) - 1
    guard let first = text.withUTF8Buffer(\.first) else { return nil }
    while index >= range.lowerBound {
      let byte = self[index]
      if byte == first || (anyCase && byte | 0x20 == first),
        holds(text, at: index, anyCase: anyCase)
      {
        return index
      }
      index -= 1
    }
    return nil
  }

  /// The first place of a byte in a range, or the range's end.
  package func first(_ byte: UInt8, in range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound, self[index] != byte { index += 1 }
    return index
  }

  /// A range without blanks and marks of emphasis around it.
  package func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Self.isTrimmed(self[start]) { start += 1 }
    while end > start, Self.isTrimmed(self[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isTrimmed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "*"), UInt8(ascii: "`"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// Whether a byte is a blank or a line end.
  package static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
