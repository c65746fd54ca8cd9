/// Answers in tags and on marked lines.
enum TagScanner {
  /// `<answer>`, `<final_answer>`, `"answer": "C"`, `ANSWER: C`.
  static func answerTag(in bytes: [UInt8], _ range: Range<Int>) -> Extraction? {
    var best: (start: Int, content: Range<Int>)?
    if let start = bytes.last("<answer>", in: range, anyCase: true) {
      best = (start, content(bytes, start + 8, range.upperBound))
    }
    if let start = bytes.last("<final_answer>", in: range, anyCase: true),
      start > best?.start ?? -1
    {
      best = (start, content(bytes, start + 14, range.upperBound))
    }
    if let (start, content) = capitals(in: bytes, range), start > best?.start ?? -1 {
      best = (start, content)
    }
    guard let best else { return nil }
    let value = bytes.trimmed(best.content)
    if value.isEmpty { return .none("the answer tag is empty") }
    return Extraction(rule: .answerTag, range: value)
  }

  private static func content(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Range<Int> {
    var stop = start
    while stop < end, !(bytes.holds("</", at: stop) && isAnswerEnd(bytes, stop + 2)) { stop += 1 }
    if stop == end { stop = bytes.first(0x0A, in: start..<end) }
    return withoutEmphasis(bytes, bytes.trimmed(start..<stop))
  }

  private static func isAnswerEnd(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes.holds("answer", at: index, anyCase: true)
      || bytes.holds("final_answer", at: index, anyCase: true)
  }

  /// What `<b>...</b>` and the like stand around.
  private static func withoutEmphasis(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var range = range
    while range.count > 3, bytes[range.lowerBound] == UInt8(ascii: "<"),
      (bytes[range.lowerBound + 1] | 0x20) &- 0x61 < 26
    {
      let open = bytes.first(UInt8(ascii: ">"), in: range)
      guard open < range.upperBound,
        let close = bytes.last("</", in: open..<range.upperBound)
      else { break }
      range = bytes.trimmed((open + 1)..<close)
    }
    return range
  }

  /// "ANSWER" in capitals, or in any case as a quoted key.
  private static func capitals(
    in bytes: [UInt8], _ range: Range<Int>
  ) -> (Int, Range<Int>)? {
    var end = range.upperBound
    while let start = bytes.last("answer", in: range.lowerBound..<end, anyCase: true) {
      end = start
      if let value = keyedValue(bytes, start, range) { return (start, value) }
    }
    return nil
  }

  /// What stands behind "ANSWER:" or a quoted key "answer" at an index.
  static func keyedValue(_ bytes: [UInt8], _ start: Int, _ range: Range<Int>) -> Range<Int>? {
    guard !bytes.isWordByte(at: start - 1) else { return nil }
    var index = start + 6
    guard bytes.holds("ANSWER", at: start) || isKey(bytes, start, index) else { return nil }
    while index < range.upperBound, isMark(bytes[index]) { index += 1 }
    guard index < range.upperBound, bytes[index] == UInt8(ascii: ":") else { return nil }
    index += 1
    while index < range.upperBound, isMark(bytes[index]) { index += 1 }
    var stop = bytes.first(0x0A, in: index..<range.upperBound)
    stop = min(stop, bytes.first(UInt8(ascii: "\""), in: index..<stop))
    while stop > index, [0x7D, 0x2C, 0x20, 0x2E].contains(bytes[stop - 1]),
      bytes[index..<stop].contains(UInt8(ascii: "{")) == false
    {
      stop -= 1
    }
    return index..<stop
  }

  /// Whether `"answer"` or `"final_answer"` stands in quotes before a colon.
  private static func isKey(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    guard bytes.holds("\"", at: end) else { return false }
    var colon = end + 1
    while colon < bytes.count, [UInt8].isBlank(bytes[colon]) { colon += 1 }
    guard bytes.holds(":", at: colon) else { return false }
    return bytes.holds("\"", at: start - 1) || bytes.holds("\"final_", at: start - 7, anyCase: true)
      || bytes.holds("\"final ", at: start - 7, anyCase: true)
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == 0x20 || byte == UInt8(ascii: "*")
  }

  /// The last line that begins with `####`.
  static func hashes(in bytes: [UInt8], _ range: Range<Int>) -> Extraction? {
    var end = range.upperBound
    while let start = bytes.last("####", in: range.lowerBound..<end) {
      end = start
      var before = start
      while before > range.lowerBound, bytes[before - 1] == 0x20 { before -= 1 }
      guard before == range.lowerBound || bytes[before - 1] == 0x0A else { continue }
      let line = (start + 4)..<bytes.first(0x0A, in: (start + 4)..<range.upperBound)
      let value = bytes.trimmed(line)
      if value.isEmpty { return .none("nothing stands behind ####") }
      return Extraction(rule: .hashes, range: value)
    }
    return nil
  }

  /// `A: v` as the last line with text.
  static func aLine(in bytes: [UInt8], _ range: Range<Int>) -> Extraction? {
    var end = range.upperBound
    while end > range.lowerBound, [UInt8].isBlank(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > range.lowerBound, bytes[start - 1] != 0x0A { start -= 1 }
    while start < end, bytes[start] == 0x20 { start += 1 }
    guard bytes.holds("A:", at: start), start + 2 <= end else { return nil }
    let value = bytes.trimmed((start + 2)..<end)
    return value.isEmpty
      ? .none("nothing stands behind A:") : Extraction(rule: .aLine, range: value)
  }
}
