/// Finds every place where a text states an answer, in one pass for each way of stating it.
package enum AnswerSpans {
  /// The places in the order of the text; a box inside a statement is listed as well.
  ///
  /// Wrong, supposed and reported answers ("a common wrong answer is 5") are none.
  package static func find(in bytes: [UInt8], _ range: Range<Int>) -> [AnswerSpan] {
    let spans =
      BoxScanner.spans(in: bytes, range) + tags(in: bytes, range) + hashes(in: bytes, range)
      + statements(in: bytes, range) + lastLine(in: bytes, range)
    return spans.sorted {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }
  }

  // MARK: Tags

  private static let tagNames: [StaticString] = [
    "answer", "final_answer", "final-answer", "finalanswer", "outcome", "result",
  ]

  private static func tags(in bytes: [UInt8], _ range: Range<Int>) -> [AnswerSpan] {
    var spans: [AnswerSpan] = []
    var unclosed: Set<String> = []
    var line = range.lowerBound
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "<"), let name = tagName(bytes, index + 1) else {
        index += 1
        continue
      }
      let start = index + name.utf8CodeUnitCount + 2
      if line < start {
        line = bytes.first(0x0A, in: min(start, range.upperBound)..<range.upperBound)
      }
      var stop = unclosed.contains(name.description) ? range.upperBound : start
      while stop < range.upperBound, !closes(bytes, stop, name) { stop += 1 }
      if stop < range.upperBound {
        let end = stop + name.utf8CodeUnitCount + 3
        spans.append(
          AnswerSpan(kind: .tag, range: index..<end, value: bytes.trimmed(start..<stop)))
        index = end
      } else {
        unclosed.insert(name.description)
        spans.append(
          AnswerSpan(kind: .tag, range: index..<line, value: bytes.trimmed(start..<line)))
        index = max(line, start)
      }
    }
    return spans
  }

  private static func tagName(_ bytes: [UInt8], _ index: Int) -> StaticString? {
    tagNames.first {
      bytes.holds($0, at: index, anyCase: true)
        && bytes.holds(">", at: index + $0.utf8CodeUnitCount)
    }
  }

  private static func closes(_ bytes: [UInt8], _ index: Int, _ name: StaticString) -> Bool {
    bytes.holds("</", at: index) && bytes.holds(name, at: index + 2, anyCase: true)
      && bytes.holds(">", at: index + 2 + name.utf8CodeUnitCount)
  }

  // MARK: Lines

  /// Lines that begin with `####`, but for headings above more text.
  private static func hashes(in bytes: [UInt8], _ range: Range<Int>) -> [AnswerSpan] {
    var spans: [AnswerSpan] = []
    var line = range.lowerBound
    while line < range.upperBound {
      let end = bytes.first(0x0A, in: line..<range.upperBound)
      var start = line
      while start < end, bytes[start] == 0x20 { start += 1 }
      let value = bytes.trimmed(min(start + 4, end)..<end)
      if bytes.holds("####", at: start), !bytes.holds("#", at: start + 4) {
        let isLast = bytes.trimmed(end..<range.upperBound).isEmpty
        if isLast || !isWord(bytes, value) {
          spans.append(AnswerSpan(kind: .hashes, range: start..<end, value: value))
        }
      }
      line = end + 1
    }
    return spans
  }

  private static func isWord(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    range.count >= 3 && range.prefix(3).allSatisfy { (bytes[$0] | 0x20) &- 0x61 < 26 }
  }

  /// `A: v` as the last line.
  private static func lastLine(in bytes: [UInt8], _ range: Range<Int>) -> [AnswerSpan] {
    guard let value = TagScanner.aLine(in: bytes, range)?.range else { return [] }
    var start = value.lowerBound
    while start > range.lowerBound, bytes[start - 1] != 0x0A { start -= 1 }
    while bytes[start] == 0x20 { start += 1 }
    return [AnswerSpan(kind: .line, range: start..<value.upperBound, value: value)]
  }

  // MARK: Statements

  private static func statements(in bytes: [UInt8], _ range: Range<Int>) -> [AnswerSpan] {
    var spans: [AnswerSpan] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard let (kind, after) = marker(bytes, index) else {
        index += 1
        continue
      }
      if kind == .statement, let value = TagScanner.keyedValue(bytes, index, range) {
        spans.append(keyed(bytes, index, value, range))
        index = max(value.upperBound, after)
      } else if let span = statement(bytes, index, kind, after, range) {
        spans.append(span)
        index = max(span.range.upperBound, after)
      } else {
        index = after
      }
    }
    return spans
  }

  /// "answer", "answers", "result" or "outcome" as a word, and the place behind it.
  private static func marker(_ bytes: [UInt8], _ index: Int) -> (AnswerSpan.Kind, Int)? {
    switch bytes[index] | 0x20 {
    case UInt8(ascii: "a") where bytes.holds("answer", at: index, anyCase: true): break
    case UInt8(ascii: "r") where bytes.holds("result", at: index, anyCase: true): break
    case UInt8(ascii: "o") where bytes.holds("outcome", at: index, anyCase: true): break
    default: return nil
    }
    guard !bytes.isWordByte(at: index - 1), index == 0 || bytes[index - 1] != UInt8(ascii: "<"),
      index == 0 || bytes[index - 1] != UInt8(ascii: "/")
    else { return nil }
    let first = bytes[index] | 0x20
    let isAnswer = first == UInt8(ascii: "a")
    let end = index + (first == UInt8(ascii: "o") ? 7 : 6)
    guard let after = StatementScanner.wordEnd(bytes, end, mayBePlural: isAnswer) else {
      return nil
    }
    return (isAnswer ? .statement : .result, after)
  }

  private static func statement(
    _ bytes: [UInt8], _ marker: Int, _ kind: AnswerSpan.Kind, _ after: Int, _ range: Range<Int>
  ) -> AnswerSpan? {
    guard let start = StatementScanner.valueStart(bytes, after, range.upperBound),
      start < range.upperBound, !StatementLead.takesBack(bytes, marker, range)
    else { return nil }
    let limit = min(range.upperBound, start + Limit.maximumLength)
    let (sentence, isQuestion) = StatementScanner.sentence(bytes, start, limit)
    guard !isQuestion, !Remark.takesBack(bytes, sentence.upperBound) else { return nil }
    let value = bytes.trimmed(sentence)
    let clause = clauseStart(bytes, marker, range)
    let isLine = beginsLine(bytes, clause, range) && bytes[after..<start].contains(0x3A)
    return AnswerSpan(
      kind: isLine ? .line : kind, range: clause..<max(value.upperBound, after), value: value)
  }

  /// A quoted key: with its quotes, and the brace around it when it is alone.
  private static func keyed(
    _ bytes: [UInt8], _ marker: Int, _ value: Range<Int>, _ range: Range<Int>
  ) -> AnswerSpan {
    var (start, end) = (marker, value.upperBound)
    let isQuoted = bytes.holds("\"", at: marker + 6)
    guard isQuoted else {
      return AnswerSpan(
        kind: .line, range: clauseStart(bytes, marker, range)..<end, value: value)
    }
    let limit = max(range.lowerBound, marker - reach)
    while start > limit, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x7B,
      bytes[start - 1] != 0x2C
    {
      start -= 1
    }
    if end < range.upperBound, bytes[end] == UInt8(ascii: "\"") { end += 1 }
    if start > range.lowerBound, bytes[start - 1] == 0x7B, end < range.upperBound,
      bytes[end] == 0x7D
    {
      start -= 1
      end += 1
    }
    return AnswerSpan(kind: .tag, range: start..<end, value: value)
  }

  /// Bytes before a marker that are searched for the beginning of its clause.
  private static let reach = 200

  /// Where the clause of a marker begins: behind a comma, the end of a sentence or of a line.
  private static func clauseStart(_ bytes: [UInt8], _ marker: Int, _ range: Range<Int>) -> Int {
    var start = marker
    let limit = max(range.lowerBound, marker - reach)
    while start > limit {
      let byte = bytes[start - 1]
      if byte == UInt8(ascii: ",") || Clause.endsSentence(byte), !isInNumber(bytes, start - 1) {
        break
      }
      start -= 1
    }
    while start < marker, [UInt8].isBlank(bytes[start]) || bytes[start] & 0xC0 == 0x80 {
      start += 1
    }
    return start
  }

  private static func isInNumber(_ bytes: [UInt8], _ index: Int) -> Bool {
    index > 0 && index + 1 < bytes.count && bytes[index - 1] &- 0x30 < 10
      && bytes[index + 1] &- 0x30 < 10
  }

  private static func beginsLine(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> Bool {
    var start = index
    while start > range.lowerBound, bytes[start - 1] == 0x20 { start -= 1 }
    return start == range.lowerBound || bytes[start - 1] == 0x0A
  }
}
