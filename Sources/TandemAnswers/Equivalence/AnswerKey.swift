package import TandemRecords

/// A gold answer, read once and compared with every trace of its problem.
package struct AnswerKey: Sendable {
  /// One accepted value.
  struct Value: Sendable {
    let parsed: ParsedAnswer
    let spelling: [UInt8]
    let folded: [UInt8]
    let variables: Set<Symbol>
    /// The plain whole number that it is.
    let number: Int?

    init(_ bytes: [UInt8], _ range: Range<Int>, isText: Bool = false) {
      number = isText ? nil : PlainNumber.value(bytes, range)
      parsed =
        isText ? ParsedAnswer(text: bytes, range) : ParsedAnswer(bytes, range, expected: nil)
      spelling = ParsedAnswer.spelling(bytes, range)
      folded = Words.folded(bytes, range)
      variables = (parsed.tree?.variables ?? []).union(parsed.listTree?.variables ?? [])
    }
  }

  let values: [Value]
  let hints: QuestionHints
  /// The letter of a choice question, in upper case.
  let letter: UInt8?
  /// The options of a choice question, read.
  let options: [Value]
  /// Whether only a letter can be right.
  let isChoice: Bool

  /// Reads a gold answer.
  ///
  /// - Parameters:
  ///   - gold: the answer, or several with a note such as "(both were accepted)"
  ///   - type: what it is, when the data set says so
  ///   - question: the question, which may ask for a percentage or a rounding
  ///   - choices: the options in the order A, B, C, ...
  package init(
    gold: String, type: GoldType? = nil, question: String? = nil, choices: [String]? = nil
  ) {
    let bytes = Array(gold.utf8)
    let accepted = Self.accepted(bytes)
    values = accepted.map { Value(bytes, bytes.trimmed($0), isText: type == .text) }
    hints = QuestionHints(question)
    letter = accepted.count == 1 ? ChoiceLetter.read(bytes, 0..<bytes.count)?.letter : nil
    options = (choices ?? []).map { Value(Array($0.utf8), 0..<$0.utf8.count) }
    isChoice = type == .choice || (letter != nil && (choices != nil || type == nil))
  }

  /// The accepted values of "080 or 081 (both were accepted)"; otherwise the whole text.
  private static func accepted(_ bytes: [UInt8]) -> [Range<Int>] {
    let all = 0..<bytes.count
    guard let note = bytes.last("accepted", in: all, anyCase: true),
      let open = bytes.last("(", in: 0..<note)
    else { return [all] }
    var parts: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < open {
      if bytes.holds(" or ", at: index, anyCase: true) || bytes[index] == UInt8(ascii: ",") {
        parts.append(start..<index)
        start = index + (bytes[index] == UInt8(ascii: ",") ? 1 : 4)
        index = start
      } else {
        index += 1
      }
    }
    parts.append(start..<max(start, open))
    return parts.filter { !bytes.trimmed($0).isEmpty }
  }

  /// Whether an answer lists all the accepted values, as the gold answer does.
  func listsAll(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard values.count > 1 else { return false }
    var text = Array(bytes[range])
    if text.last("accepted", in: 0..<text.count, anyCase: true) == nil {
      text += Array(" (accepted)".utf8)
      guard !text.contains(UInt8(ascii: ",")) else { return false }
    }
    let parts = Self.accepted(text).map { text.trimmed($0) }
    guard parts.count == values.count else { return false }
    let isEqual = { (part: Range<Int>, value: Value) in
      Judgement.of(text, part, value, self).outcome == .equal
    }
    return parts.allSatisfy { part in values.contains { isEqual(part, $0) } }
      && values.allSatisfy { value in parts.contains { isEqual($0, value) } }
  }

  /// What keeps this gold answer from being used.
  package enum Flaw: String, Sendable {
    /// There is no text.
    case empty = "the gold answer is empty"
    /// A bound of the grader is exceeded.
    case beyondBounds = "the gold answer is beyond the grader's bounds"
    /// It does not equal itself.
    case unequalToItself = "the gold answer does not equal itself"
    /// In a box, it is not found again.
    case lostInBox = "the gold answer is not found again in a box"
  }

  /// Why the gold answer does not equal itself, bare and in a box; nil when it does.
  package var selfCheck: Flaw? {
    if values.isEmpty || values.contains(where: { $0.folded.isEmpty && $0.spelling.isEmpty }) {
      return .empty
    }
    if values.contains(where: { $0.parsed.limit != nil }) { return .beyondBounds }
    let grader = Grader()
    for value in values {
      let text = String(decoding: value.parsed.bytes[value.parsed.range], as: UTF8.self)
      if grader.grade(answer: text, key: self).verdict != .correct
        || !grader.parsesEqual(value, self)
      {
        return .unequalToItself
      }
      if grader.grade(trace: "\\boxed{\(text)}", key: self).verdict != .correct {
        return .lostInBox
      }
    }
    return nil
  }
}
