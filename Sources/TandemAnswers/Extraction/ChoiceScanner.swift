/// Finds the last marked choice letter: `(C)`, "option C", "choice C", or a letter alone on a line.
enum ChoiceScanner {
  static func find(in bytes: [UInt8], _ range: Range<Int>) -> Extraction? {
    var index = range.upperBound - 1
    while index >= range.lowerBound {
      if bytes[index] &- 0x41 < 10, isMarked(bytes, index, range) {
        return Extraction(rule: .choiceLetter, range: index..<(index + 1))
      }
      index -= 1
    }
    return nil
  }

  private static func isMarked(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> Bool {
    guard !bytes.isWordByte(at: index - 1), !bytes.isWordByte(at: index + 1) else { return false }
    let before = index > range.lowerBound ? bytes[index - 1] : 0x0A
    let after = index + 1 < range.upperBound ? bytes[index + 1] : 0x0A
    if before == UInt8(ascii: "("), after == UInt8(ascii: ")") { return true }
    if bytes.holds("option ", at: index - 7, anyCase: true)
      || bytes.holds("choice ", at: index - 7, anyCase: true)
      || bytes.holds("option (", at: index - 8, anyCase: true)
    {
      return true
    }
    // Alone on its line, perhaps with a dot or emphasis.
    var start = index
    while start > range.lowerBound, isLineMark(bytes[start - 1]) { start -= 1 }
    var end = index + 1
    while end < range.upperBound, isLineMark(bytes[end]) { end += 1 }
    return (start == range.lowerBound || bytes[start - 1] == 0x0A)
      && (end == range.upperBound || bytes[end] == 0x0A)
  }

  private static func isLineMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: "*") || byte == UInt8(ascii: ".") || byte == 0x0D
      || byte == UInt8(ascii: ")")
  }
}
