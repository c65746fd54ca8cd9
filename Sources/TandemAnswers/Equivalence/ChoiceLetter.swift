/// The letter of an option, as an answer to a choice question states it.
struct ChoiceLetter {
  /// In upper case.
  let letter: UInt8
  /// What follows the letter and its bracket, dot or colon; empty for a lone letter.
  let rest: Range<Int>

  /// Reads `C`, `(C)`, `\text{C}`, `C.`, `(C) 12`, `option C`; nil for anything else.
  ///
  /// - Parameter anyCase: whether a small letter alone is one too
  static func read(
    _ bytes: [UInt8], _ range: Range<Int>, anyCase: Bool = false
  ) -> ChoiceLetter? {
    var index = range.lowerBound
    let end = range.upperBound
    skipMarks(bytes, &index, end)
    for word: StaticString in ["option", "choice", "answer"]
    where bytes.holds(word, at: index, anyCase: true) {
      index += word.utf8CodeUnitCount
      skipMarks(bytes, &index, end)
    }
    let isBracketed = index < end && bytes[index] == UInt8(ascii: "(")
    if isBracketed {
      index += 1
      skipMarks(bytes, &index, end)
    }
    guard index < end, bytes[index] & 0xDF &- 0x41 < 26, !bytes.isWordByte(at: index + 1) else {
      return nil
    }
    let letter = bytes[index]
    index += 1
    var isClosed = false
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") {
        isClosed = true
      } else if byte != UInt8(ascii: "}"), byte != UInt8(ascii: "$"), ![UInt8].isBlank(byte),
        byte != UInt8(ascii: "*")
      {
        break
      }
      index += 1
    }
    let isAlone = index == end
    // A bare small letter is a name; an article is no choice.
    let isCapital = letter & 0x20 == 0 || anyCase
    guard isAlone ? isCapital || isBracketed : isClosed else { return nil }
    if isBracketed && !isClosed { return nil }
    return ChoiceLetter(letter: letter & 0xDF, rest: index..<end)
  }

  private static func skipMarks(_ bytes: [UInt8], _ index: inout Int, _ end: Int) {
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
        || byte == UInt8(ascii: "*")
        || [UInt8].isBlank(byte)
      {
        index += 1
      } else if byte == UInt8(ascii: "\\"),
        let length = markLength(bytes, index)
      {
        index += length
      } else {
        return
      }
    }
  }

  private static func markLength(_ bytes: [UInt8], _ index: Int) -> Int? {
    var end = index + 1
    while end < bytes.count, (bytes[end] | 0x20) &- 0x61 < 26 { end += 1 }
    switch Command.named(bytes[(index + 1)..<end]) {
    case .text?, .font?, .ignored?: return end - index
    default: return nil
    }
  }
}
