/// Finds the last balanced, outermost `\boxed{...}` or `\fbox{...}`.
enum BoxScanner {
  private struct Open {
    var start: Int
    var depth: Int
  }

  static func find(in bytes: [UInt8], _ range: Range<Int>) -> Extraction? {
    guard bytes.last("boxed", in: range) != nil || bytes.last("\\fbox", in: range) != nil else {
      return nil
    }
    var depth = 0
    var open: [Open] = []
    var best: Range<Int>?
    var previous: Range<Int>?
    var index = range.lowerBound
    let end = range.upperBound

    func close(_ content: Range<Int>) {
      // An outer box replaces the one inside it.
      if let best, best.lowerBound < content.lowerBound { previous = best }
      best = content
    }

    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        guard let name = nameLength(bytes, index) else {
          index += 2
          continue
        }
        var probe = index + name
        while probe < end, [UInt8].isBlank(bytes[probe]) { probe += 1 }
        if probe < end, bytes[probe] == UInt8(ascii: "{") {
          open.append(Open(start: probe + 1, depth: depth))
          depth += 1
          index = probe + 1
        } else {
          let bare = bareRange(bytes, probe, end)
          if open.isEmpty { close(bare) }
          index = max(bare.upperBound, probe)
        }
        continue
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        if depth > 0 { depth -= 1 }
        if let last = open.last, last.depth == depth {
          open.removeLast()
          close(last.start..<index)
        }
      default: break
      }
      index += 1
    }
    if let last = open.last, last.start > best?.lowerBound ?? -1 {
      return .none("the last box is not closed")
    }
    guard let best else { return nil }
    let content = bytes.trimmed(best)
    if content.isEmpty { return .none("the last box is empty") }
    var alternatives: [Range<Int>] = []
    if let previous, isOr(bytes, previous.upperBound + 1, before: best.lowerBound) {
      alternatives.append(previous)
    }
    if let other = alternative(bytes, after: best.upperBound + 1, end) {
      alternatives.append(other)
    }
    return Extraction(rule: .boxed, range: content, alternatives: alternatives)
  }

  /// Every outermost box with its command, and what is in it; one that is never closed ends with its line.
  static func spans(in bytes: [UInt8], _ range: Range<Int>) -> [AnswerSpan] {
    var spans: [AnswerSpan] = []
    var open: [(command: Int, content: Int, depth: Int)] = []
    var depth = 0
    var index = range.lowerBound
    let end = range.upperBound
    func add(_ command: Int, _ content: Range<Int>, to stop: Int) {
      // An outer box takes the place of those inside it.
      while let last = spans.last, last.range.lowerBound > command { spans.removeLast() }
      spans.append(AnswerSpan(kind: .box, range: command..<stop, value: bytes.trimmed(content)))
    }
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        guard let name = nameLength(bytes, index) else {
          index += 2
          continue
        }
        var probe = index + name
        while probe < end, [UInt8].isBlank(bytes[probe]) { probe += 1 }
        if probe < end, bytes[probe] == UInt8(ascii: "{") {
          open.append((index, probe + 1, depth))
          depth += 1
          index = probe + 1
        } else {
          let bare = bareRange(bytes, probe, end)
          add(index, bare, to: max(bare.upperBound, index + name))
          index = max(bare.upperBound, index + name)
        }
        continue
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        if depth > 0 { depth -= 1 }
        if let last = open.last, last.depth == depth {
          open.removeLast()
          add(last.command, last.content..<index, to: index + 1)
        }
      default: break
      }
      index += 1
    }
    guard let first = open.first else { return spans }
    let line = bytes.first(0x0A, in: first.content..<end)
    let rest = spans.filter { $0.range.lowerBound >= line }
    spans.removeAll { $0.range.upperBound > first.command }
    add(first.command, first.content..<line, to: line)
    return spans + rest
  }

  private static func nameLength(_ bytes: [UInt8], _ index: Int) -> Int? {
    if bytes.holds("\\boxed", at: index) {
      return bytes.isWordByte(at: index + 6) && bytes[index + 6] &- 0x30 >= 10 ? nil : 6
    }
    return bytes.holds("\\fbox", at: index) ? 5 : nil
  }

  /// `\boxed 5`: up to the end of the formula, word or line.
  private static func bareRange(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Range<Int> {
    var index = start
    while index < end {
      let byte = bytes[index]
      if [UInt8].isBlank(byte) || byte == UInt8(ascii: "$") { break }
      if bytes.holds("\\)", at: index) || bytes.holds("\\]", at: index) { break }
      index += 1
    }
    while index > start, bytes[index - 1] == UInt8(ascii: ".") || bytes[index - 1] == 0x2C {
      index -= 1
    }
    return start..<index
  }

  /// Whether only "or" and formula marks stand between two boxes.
  private static func isOr(_ bytes: [UInt8], _ start: Int, before end: Int) -> Bool {
    guard start < end, end - start <= 40 else { return false }
    let words = Words.folded(bytes, start..<end)
      .split { !(($0 | 0x20) &- 0x61 < 26) }
    return words.count == 1 && words[0].elementsEqual("or".utf8)
  }

  /// A value that an "or" behind the box offers.
  private static func alternative(_ bytes: [UInt8], after start: Int, _ end: Int) -> Range<Int>? {
    var index = start
    while index < end {
      let byte = bytes[index]
      guard
        byte == 0x20 || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\")
          || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ",")
      else { break }
      index += 1
    }
    guard bytes.holds("or ", at: index) else { return nil }
    let value = StatementScanner.sentence(bytes, index + 3, end).range
    guard let first = value.first.map({ bytes[$0] }) else { return nil }
    let isValue =
      first &- 0x30 < 10 || first == UInt8(ascii: "$") || first == UInt8(ascii: "\\")
      || first == UInt8(ascii: "-") || first == UInt8(ascii: "(")
    return isValue ? value : nil
  }
}
