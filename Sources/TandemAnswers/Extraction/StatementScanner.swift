/// Finds the last sentence that says what the answer is.
enum StatementScanner {
  static func find(in bytes: [UInt8], _ range: Range<Int>) -> Extraction? {
    var end = range.upperBound
    while let (start, after) = lastMarker(in: bytes, range.lowerBound..<end) {
      end = start
      guard let value = valueStart(bytes, after, range.upperBound),
        !StatementLead.takesBack(bytes, start, range)
      else { continue }
      // No longer answer can be graded.
      let limit = min(range.upperBound, value + Limit.maximumLength + 1)
      let (sentence, isQuestion) = Self.sentence(bytes, value, limit)
      if isQuestion { continue }
      if Remark.takesBack(bytes, sentence.upperBound) { continue }
      let content = bytes.trimmed(sentence)
      if content.isEmpty { return .none("the answer statement is empty") }
      if bytes.holds("not ", at: content.lowerBound, anyCase: true) {
        guard let corrected = correction(bytes, content.lowerBound, range.upperBound) else {
          return .none("the last answer statement is a denial")
        }
        return Extraction(rule: .statement, range: corrected)
      }
      return Extraction(rule: .statement, range: content)
    }
    return nil
  }

  /// The value that "not 6 but 5" or "not (A), it is (C)" puts in the place of another.
  private static func correction(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Range<Int>? {
    var index = start
    while index < end, !Clause.endsSentence(bytes[index]) || bytes[index] == UInt8(ascii: ";") {
      defer { index += 1 }
      guard bytes[index] == 0x20 else { continue }
      var place = index + 1
      var isCorrected = false
      while let next = corrections.lazy.compactMap({ wordEnd(bytes, $0, place) }).first {
        isCorrected = true
        place = skipMarks(bytes, next, end)
      }
      guard isCorrected else { continue }
      let value = bytes.trimmed(sentence(bytes, place, end).range)
      return value.isEmpty ? nil : value
    }
    return nil
  }

  private static let corrections: [StaticString] = [
    "but", "rather", "instead", "it is", "it's", "is", "actually",
  ]

  /// The last "answer" or "result" as a word, and the place behind it.
  private static func lastMarker(in bytes: [UInt8], _ range: Range<Int>) -> (Int, Int)? {
    var index = range.upperBound - 6
    while index >= range.lowerBound {
      let byte = bytes[index] | 0x20
      if byte == UInt8(ascii: "a") || byte == UInt8(ascii: "r"),
        bytes.holds("answer", at: index, anyCase: true)
          || bytes.holds("result", at: index, anyCase: true),
        !bytes.isWordByte(at: index - 1),
        let end = wordEnd(bytes, index + 6, mayBePlural: byte == UInt8(ascii: "a")),
        index == 0 || bytes[index - 1] != UInt8(ascii: "<") && bytes[index - 1] != 0x2F
      {
        return (index, end)
      }
      index -= 1
    }
    return nil
  }

  /// The end of "answer" or "answers".
  static func wordEnd(_ bytes: [UInt8], _ index: Int, mayBePlural: Bool) -> Int? {
    if !bytes.isWordByte(at: index) { return index }
    return mayBePlural && bytes[index] | 0x20 == UInt8(ascii: "s")
      && !bytes.isWordByte(at: index + 1)
      ? index + 1 : nil
  }

  /// Where the value begins behind "answer", "answer is", "answer to the question is:".
  static func valueStart(_ bytes: [UInt8], _ after: Int, _ end: Int) -> Int? {
    var index = skipMarks(bytes, after, end)
    if let place = qualifierEnd(bytes, index, end) { index = place }
    var isMarked = false
    if let place = wordEnd(bytes, "is", index) ?? wordEnd(bytes, "equals", index)
      ?? wordEnd(bytes, "are", index) ?? wordEnd(bytes, "would be", index)
      ?? wordEnd(bytes, "will be", index)
    {
      index = skipMarks(bytes, place, end)
      isMarked = true
    }
    if index < end, bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "=") {
      index += 1
      isMarked = true
    }
    if !isMarked, index < end, bytes[index] == 0x0A { isMarked = isHeading(bytes, after) }
    guard isMarked else { return nil }
    while index < end, [UInt8].isBlank(bytes[index]) || bytes[index] == UInt8(ascii: "*") {
      index += 1
    }
    if let place = wordEnd(bytes, "therefore", index) ?? wordEnd(bytes, "thus", index) {
      index = skipMarks(bytes, place, end)
    }
    return index
  }

  /// Whether the line that ends here is a heading of at most three words.
  private static func isHeading(_ bytes: [UInt8], _ end: Int) -> Bool {
    var start = end
    while start > 0, bytes[start - 1] != 0x0A, end - start < 40 { start -= 1 }
    return bytes[start] == UInt8(ascii: "#") || bytes.holds("**", at: start)
  }

  private static func skipMarks(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, bytes[index] == 0x20 || bytes[index] == UInt8(ascii: "*") { index += 1 }
    return index
  }

  private static func wordEnd(_ bytes: [UInt8], _ word: StaticString, _ index: Int) -> Int? {
    let end = index + word.utf8CodeUnitCount
    return bytes.holds(word, at: index, anyCase: true) && !bytes.isWordByte(at: end) ? end : nil
  }

  /// Behind "to the question", "for part b" and the like: the "is" or ":" that follows.
  private static func qualifierEnd(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
    guard
      wordEnd(bytes, "to", start) ?? wordEnd(bytes, "for", start) ?? wordEnd(bytes, "of", start)
        != nil
    else { return nil }
    var index = start
    while index < min(end, start + 60) {
      let byte = bytes[index]
      if byte == 0x0A || byte == UInt8(ascii: ".") { return nil }
      if byte == UInt8(ascii: ":") { return index }
      if byte == 0x20, wordEnd(bytes, "is", index + 1) != nil { return index + 1 }
      index += 1
    }
    return nil
  }

  /// The rest of a sentence, and whether it is a question.
  static func sentence(
    _ bytes: [UInt8], _ start: Int, _ end: Int
  ) -> (range: Range<Int>, isQuestion: Bool) {
    var index = start
    var depth = 0
    var isFormula = false
    var isDisplay = false
    while index < end {
      let byte = bytes[index]
      let next = index + 1 < end ? bytes[index + 1] : 0x0A
      switch byte {
      case UInt8(ascii: "$"):
        if next == UInt8(ascii: "$") {
          isDisplay.toggle()
          index += 1
        } else if isFormula || closesFormula(bytes, index + 1, end) {
          isFormula.toggle()
        }
      case UInt8(ascii: "\\"):
        if next == UInt8(ascii: "[") { isDisplay = true }
        if next == UInt8(ascii: "]") { isDisplay = false }
        if next == UInt8(ascii: "(") { isFormula = true }
        if next == UInt8(ascii: ")") { isFormula = false }
        index += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      case 0x0A:
        if !isDisplay { return (start..<index, false) }
      case UInt8(ascii: "<"):
        if next == UInt8(ascii: "/") { return (start..<index, false) }
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
        guard depth <= 0, !isFormula, !isDisplay, isEnd(next) else { break }
        if byte == UInt8(ascii: "."), isAbbreviation(bytes, index), !isEnd(bytes, index + 1, end) {
          break
        }
        return (start..<index, byte == UInt8(ascii: "?"))
      case UInt8(ascii: ","), UInt8(ascii: ";"), 0x20, 0xE2:
        if depth <= 0, !isFormula, !isDisplay, Remark.starts(bytes, index) {
          return (start..<index, false)
        }
      default: break
      }
      index += 1
    }
    return (start..<min(index, end), false)
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    [UInt8].isBlank(byte) || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "\"")
      || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ")")
  }

  /// Whether a line or the text ends behind blanks here.
  private static func isEnd(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end, bytes[index] == 0x20 { index += 1 }
    return index >= end || bytes[index] == 0x0A
  }

  private static func isAbbreviation(_ bytes: [UInt8], _ point: Int) -> Bool {
    point >= 3 && bytes[point - 1] | 0x20 == UInt8(ascii: "m")
      && bytes[point - 2] == UInt8(ascii: ".")
  }

  /// Whether a `$` closes in this line; otherwise it is a currency sign.
  private static func closesFormula(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    var index = start
    let limit = min(end, start + 400)
    while index < limit, bytes[index] != 0x0A {
      if bytes[index] == UInt8(ascii: "$") { return bytes[index - 1] != 0x20 }
      index += 1
    }
    return false
  }
}
