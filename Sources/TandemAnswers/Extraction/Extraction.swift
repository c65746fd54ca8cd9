/// Which text of a trace is its final answer, and by which rule.
struct Extraction: Sendable {
  /// The rules in the order in which they are tried.
  enum Rule: String, Sendable {
    case boxed
    case answerTag = "answer-tag"
    case hashes
    case aLine = "a-line"
    case statement
    case choiceLetter = "choice-letter"
    case lastNumber = "last-number"
    case none
  }

  var rule: Rule
  /// The bytes of the answer; nil when there is none.
  var range: Range<Int>?
  /// Other values offered beside it with "or".
  var alternatives: [Range<Int>] = []
  /// Why there is no answer.
  var reason: String?

  static func none(_ reason: String) -> Extraction {
    Extraction(rule: .none, reason: reason)
  }

  /// Finds the final answer of a trace, first behind a closing `</think>`, then before it.
  static func find(in bytes: [UInt8], options: GradeOptions, isChoice: Bool) -> Extraction {
    let all = 0..<bytes.count
    guard let think = bytes.last("</think>", in: all) else {
      return find(in: bytes, all, options, isChoice) ?? .none("no answer is stated")
    }
    return find(in: bytes, (think + 8)..<bytes.count, options, isChoice)
      ?? find(in: bytes, 0..<think, options, isChoice) ?? .none("no answer is stated")
  }

  private static func find(
    in bytes: [UInt8], _ range: Range<Int>, _ options: GradeOptions, _ isChoice: Bool
  ) -> Extraction? {
    if let boxed = BoxScanner.find(in: bytes, range) { return boxed }
    if let tag = TagScanner.answerTag(in: bytes, range) { return tag }
    if let hashes = TagScanner.hashes(in: bytes, range) { return hashes }
    if options.acceptsALine, let line = TagScanner.aLine(in: bytes, range) { return line }
    if let statement = StatementScanner.find(in: bytes, range) { return statement }
    if isChoice, let letter = ChoiceScanner.find(in: bytes, range) { return letter }
    if options.lenient == .lastNumber { return lastNumber(in: bytes, range) }
    return nil
  }

  /// The last numeral, for benchmarks that want it.
  private static func lastNumber(in bytes: [UInt8], _ range: Range<Int>) -> Extraction? {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] &- 0x30 >= 10 { end -= 1 }
    var start = end
    while start > range.lowerBound {
      let byte = bytes[start - 1]
      guard byte &- 0x30 < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") else {
        break
      }
      start -= 1
    }
    while start < end, bytes[start] &- 0x30 >= 10, bytes[start] != UInt8(ascii: ".") { start += 1 }
    guard start < end else { return nil }
    if start > range.lowerBound, bytes[start - 1] == UInt8(ascii: "-"),
      !bytes.isWordByte(at: start - 2)
    {
      start -= 1
    }
    return Extraction(rule: .lastNumber, range: start..<end)
  }
}
