internal import TandemAnswers
internal import TandemRecords

/// Cuts from a trace whatever gives its answer away, until an audit of exactly what is left finds nothing.
struct HintStripper {
  private let rule: HintRule
  private let auditors: [LeakAuditor]
  private let answers: Set<[UInt8]>
  private(set) var redaction: Redaction
  /// Answer statements that the ablation leaves in, and their steps.
  private var protected: [Range<Int>] = []
  private(set) var protectedSteps: Set<Int> = []
  /// Whether the last step was looked at; the steps that the budget makes the last conclude nothing.
  private var isConcluded = false

  /// Rounds of an audit in which values are cut; after them whole steps are.
  private static let valueRounds = 6
  /// Rounds after which everything is cut, so that no text takes more time than its length.
  private static let allRounds = 24

  /// Takes a trace.
  ///
  /// - Parameters:
  ///   - auditors: what must not be found
  ///   - answers: the spellings of the answer that the last step may end with
  ///   - leavesMarkers: whether answer statements are left in
  init(
    _ redaction: Redaction, rule: HintRule, auditors: [LeakAuditor], answers: [String],
    leavesMarkers: Bool
  ) {
    self.redaction = redaction
    self.rule = rule
    self.auditors = auditors
    self.answers = Set(answers.map { Self.plain(Array($0.utf8)[...]) })
    if leavesMarkers { protectStatements() } else { cutStatements() }
  }

  /// Cuts everything that the audits find, then what that leaves without sense.
  mutating func clean() {
    var round = 0
    repeat {
      while !auditOnce(round) { round += 1 }
    } while cutConclusion() || removeLeftovers()
  }

  private mutating func removeLeftovers() -> Bool {
    protected.isEmpty && redaction.removeLeftovers()
  }

  /// Cuts a step whole.
  mutating func remove(_ step: Int, because reason: String) {
    redaction.remove(step, because: reason)
  }

  // MARK: Audit

  /// Whether an audit of what is left finds nothing; else that is cut.
  private mutating func auditOnce(_ round: Int) -> Bool {
    let text = RedactedText(redaction)
    guard !text.bytes.isEmpty else { return true }
    let found = findings(in: text)
    guard !found.isEmpty else { return true }
    let before = redaction.cutBytes
    if rule.removal == .value, round < Self.valueRounds {
      for (origin, reason) in found {
        for range in origin.source { redaction.cut(range, because: reason, leavesGap: true) }
      }
      for step in Set(found.flatMap(\.origin.steps)).sorted() { redaction.tidy(step) }
    }
    if redaction.cutBytes == before {
      for (origin, reason) in found {
        for step in origin.steps where !protectedSteps.contains(step) {
          redaction.remove(step, because: reason)
        }
      }
    }
    if round >= Self.allRounds {
      for step in redaction.kept where !protectedSteps.contains(step) {
        redaction.remove(step, because: found[0].reason)
      }
    }
    // Only what the ablation protects is left.
    return redaction.cutBytes == before
  }

  private typealias Finding = (
    origin: (source: [Range<Int>], steps: Set<Int>), reason: String
  )

  /// What must go from a text, and why.
  private func findings(in text: RedactedText) -> [Finding] {
    let audited = auditors.flatMap { $0.audit(text.text).findings }
      .filter { $0.severity.rank <= rule.strips.rank || $0.severity == .given }
    guard !audited.isEmpty else { return [] }
    var found: [Finding] = []
    var results: [Int: [Range<Int>]] = [:]
    let ranges = text.byteRanges(audited.map { $0.start..<$0.end })
    for (finding, range) in zip(audited, ranges) {
      let origin = text.origin(of: range)
      if isProtected(origin.source) { continue }
      if finding.severity != .given {
        found.append((origin, HintReason.leak(finding.severity, finding.rule)))
        continue
      }
      guard let place = origin.source.first?.lowerBound else { continue }
      let step = redaction.step(at: place)
      guard redaction.steps.indices.contains(step) else { continue }
      let all = results[step] ?? redaction.results(of: step).filter(\.isComputed).map(\.range)
      results[step] = all
      if Self.holds(place, in: all) { found.append((origin, HintReason.result)) }
    }
    return found
  }

  /// Whether a place is in one of many ranges, which are in order.
  private static func holds(_ place: Int, in ranges: [Range<Int>]) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(place)
  }

  private func isProtected(_ source: [Range<Int>]) -> Bool {
    guard !protected.isEmpty else { return false }
    return source.contains { range in protected.contains { $0.overlaps(range) } }
  }

  // MARK: Statements

  private var content: Range<Int> {
    (redaction.steps.first?.range.lowerBound ?? 0)..<(redaction.steps.last?.range.upperBound ?? 0)
  }

  private var statements: [AnswerSpan] {
    AnswerSpans.find(in: redaction.bytes, content)
  }

  private mutating func protectStatements() {
    protected = statements.map(\.range)
    for range in protected { protectedSteps.formUnion(redaction.steps(in: range)) }
  }

  private mutating func cutStatements() {
    var touched: Set<Int> = []
    for span in statements {
      let steps = redaction.steps(in: span.range)
      guard !steps.isEmpty, isFinal(span, in: steps) else { continue }
      let reason = HintReason.answer(span.kind.rawValue)
      touched.formUnion(steps)
      if rule.removal == .step, !isWide(span) {
        for step in steps { redaction.remove(step, because: reason) }
      } else {
        cut(span, because: reason)
      }
    }
    for step in touched.sorted() { redaction.tidy(step) }
  }

  /// Words beyond which what stands behind "Answer:" is a solution of its own.
  private static let longestAnswer = 12

  /// Whether a statement says the final answer, as far as its form tells.
  private func isFinal(_ span: AnswerSpan, in steps: Range<Int>) -> Bool {
    switch span.kind {
    case .box, .tag, .hashes: true
    case .line: !isWide(span) && !isCalculation(span.value)
    case .statement: !isWide(span) && !isCalculation(span.value) && statesValue(span.value)
    case .result:
      !isWide(span) && !isCalculation(span.value) && steps.upperBound == redaction.steps.count
    }
  }

  private func isWide(_ span: AnswerSpan) -> Bool {
    let words = redaction.bytes[span.value].split { [UInt8].isBlank($0) }
    return span.kind != .box && words.count > Self.longestAnswer
  }

  /// Whether what is stated begins like a value, unlike "answers are equally likely".
  ///
  /// Of words the audit knows more.
  private func statesValue(_ value: Range<Int>) -> Bool {
    let words = redaction.bytes[value].split { [UInt8].isBlank($0) }.prefix(4)
    return words.contains { word in
      word.contains { $0 &- 0x30 < 10 || [0x24, 0x5C, 0x28, 0x2E].contains($0) }
        || word.count <= 2 && (word.first ?? 0) &- 0x41 < 26
    }
  }

  /// Whether a value is stated with the way to it, as `16 - 7 = 9` is.
  ///
  /// The audit cuts the 9 alone.
  private func isCalculation(_ value: Range<Int>) -> Bool {
    let bytes = redaction.bytes
    guard let equals = bytes.last("=", in: value) else { return false }
    var numbers = 0
    var wasDigit = false
    for index in value.lowerBound..<equals {
      let isDigit = bytes[index] &- 0x30 < 10
      if isDigit, !wasDigit { numbers += 1 }
      wasDigit = isDigit || (wasDigit && (bytes[index] == 0x2E || bytes[index] == 0x2C))
    }
    return numbers >= 2
  }

  private mutating func cut(_ span: AnswerSpan, because reason: String) {
    switch span.kind {
    case .box: redaction.cut(span.range, because: reason, leavesGap: true)
    case .tag where isWide(span):
      redaction.cut(
        span.range.lowerBound..<span.value.lowerBound, because: reason, leavesGap: false)
      redaction.cut(
        span.value.upperBound..<span.range.upperBound, because: reason, leavesGap: false)
    case .tag, .hashes, .line:
      redaction.cut(span.range, because: reason, leavesGap: false)
    case .statement, .result:
      let step = redaction.step(at: span.range.lowerBound)
      guard redaction.steps.indices.contains(step) else { return }
      let range = redaction.steps[step].range
      let lead = span.range.lowerBound..<span.value.lowerBound
      let rest = min(span.value.upperBound, range.upperBound)..<range.upperBound
      if StepContent.teaches(redaction.bytes, [lead])
        || StepContent.teaches(redaction.bytes, [rest])
      {
        redaction.cut(span.value, because: reason, leavesGap: true)
      } else {
        redaction.cut(withComma(span.range, in: range), because: reason, leavesGap: false)
      }
    }
  }

  /// A clause with the comma and the blanks that tie it to the one before.
  private func withComma(_ clause: Range<Int>, in step: Range<Int>) -> Range<Int> {
    var start = clause.lowerBound
    while start > step.lowerBound, [0x20, 0x2C, 0x3B, 0x3A].contains(redaction.bytes[start - 1]) {
      start -= 1
    }
    return start..<clause.upperBound
  }

  /// The value with which the last step ends, whatever the audit makes of it: "we get x = 8" where the question
  /// speaks of 8 as well, "= 2 dozen".
  ///
  /// - Returns: whether there is such a value that was left
  private mutating func cutConclusion() -> Bool {
    defer { isConcluded = true }
    guard !isConcluded, protected.isEmpty, let last = redaction.kept.last,
      redaction.steps[last].kind != .code, let result = redaction.results(of: last).last,
      !redaction.cuts[last].contains(where: { $0.range.overlaps(result.range) }),
      answers.contains(Self.plain(redaction.bytes[result.range]))
    else { return false }
    if rule.removal == .value {
      redaction.cut(result.range, because: HintReason.conclusion, leavesGap: true)
      redaction.tidy(last)
    } else {
      redaction.remove(last, because: HintReason.conclusion)
    }
    return true
  }

  /// A spelling without dress: digits and letters, and the points in them.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.filter {
      $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: ".") || $0 >= 0x80
    }
  }
}
