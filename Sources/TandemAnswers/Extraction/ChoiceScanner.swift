/// Finds the last marked choice letter: `(C)`, "option C", "the correct choice is C", or a letter
/// alone on a line; small letters only where no capital is marked.
enum ChoiceScanner {
  static func find(in bytes: [UInt8], _ range: Range<Int>) -> Extraction? {
    find(in: bytes, range, firstLetter: 0x41) ?? find(in: bytes, range, firstLetter: 0x61)
  }

  private static func find(
    in bytes: [UInt8], _ range: Range<Int>, firstLetter: UInt8
  ) -> Extraction? {
    var index = range.upperBound - 1
    while index >= range.lowerBound {
      if bytes[index] &- firstLetter < 10, isMarked(bytes, index, range),
        !ChoiceRejection.rejects(bytes, index, range)
      {
        return Extraction(rule: .choiceLetter, range: withAlternatives(bytes, index, range))
      }
      index -= 1
    }
    return nil
  }

  private static func isMarked(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> Bool {
    guard !bytes.isWordByte(at: index - 1), !bytes.isWordByte(at: index + 1) else { return false }
    let before = index > range.lowerBound ? bytes[index - 1] : 0x0A
    let after = index + 1 < range.upperBound ? bytes[index + 1] : 0x0A
    // f(c) is no choice.
    if before == UInt8(ascii: "("), after == UInt8(ascii: ")"), !bytes.isWordByte(at: index - 2) {
      return true
    }
    if followsName(bytes, index, range) { return true }
    if bytes[index] & 0x20 != 0 { return false }
    // Alone on its line, perhaps with a dot or emphasis.
    var start = index
    while start > range.lowerBound, isLineMark(bytes[start - 1]) { start -= 1 }
    var end = index + 1
    while end < range.upperBound, isLineMark(bytes[end]) { end += 1 }
    return (start == range.lowerBound || bytes[start - 1] == 0x0A)
      && (end == range.upperBound || bytes[end] == 0x0A)
  }

  /// Whether "option", "choice is:" or the like stands before a letter.
  private static func followsName(
    _ bytes: [UInt8], _ index: Int, _ range: Range<Int>
  ) -> Bool {
    var end = skipMarks(bytes, index, range)
    guard end < index else { return false }
    if bytes.holds(" is", at: end - 3, anyCase: true) { end = skipMarks(bytes, end - 3, range) }
    let start = end - 6
    guard start >= range.lowerBound, !bytes.isWordByte(at: start - 1) else { return false }
    let names: [StaticString] = ["option", "choice", "choose", "select"]
    return names.contains { bytes.holds($0, at: start, anyCase: true) }
  }

  /// The place where the blanks, brackets and marks before an index begin.
  private static func skipMarks(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> Int {
    var start = index
    while start > range.lowerBound {
      switch bytes[start - 1] {
      case 0x20, UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ":"): start -= 1
      default: return start
      }
    }
    return start
  }

  /// The letter with another one that "or", "and" or a slash offers beside it.
  private static func withAlternatives(
    _ bytes: [UInt8], _ index: Int, _ range: Range<Int>
  ) -> Range<Int> {
    var start = index
    var place = skipMarks(bytes, index, range)
    for name: StaticString in ["option", "choice"]
    where bytes.holds(name, at: place - 6, anyCase: true) {
      place = skipMarks(bytes, place - 6, range)
    }
    for joint: StaticString in ["or", "and", "/", "&", ","]
    where bytes.holds(joint, at: place - joint.utf8CodeUnitCount, anyCase: true) {
      var other = place - joint.utf8CodeUnitCount - 1
      while other > range.lowerBound, isLineMark(bytes[other]) { other -= 1 }
      if other >= range.lowerBound, isLetter(bytes, other),
        !ChoiceRejection.rejects(bytes, other, range)
      {
        start = other
      }
    }
    var end = index + 1
    var next = end
    while next < range.upperBound, isLineMark(bytes[next]) { next += 1 }
    for joint: StaticString in ["or ", "and ", "/", "& "] where bytes.holds(joint, at: next) {
      var other = next + joint.utf8CodeUnitCount
      while other < range.upperBound, isLineMark(bytes[other]) || bytes[other] == 0x28 {
        other += 1
      }
      if other < range.upperBound, isLetter(bytes, other) { end = other + 1 }
    }
    return start..<end
  }

  private static func isLetter(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes[index] &- 0x41 < 10 && !bytes.isWordByte(at: index - 1)
      && !bytes.isWordByte(at: index + 1)
  }

  private static func isLineMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: "*") || byte == UInt8(ascii: ".") || byte == 0x0D
      || byte == UInt8(ascii: ")")
  }
}
