internal import TandemRecords

/// Finds the final answer of a trace and compares it with a gold answer.
///
/// The same texts give the same grading on every machine and in every order; a grader has no state.
package struct Grader: Sendable {
  /// Changes whenever a verdict can change.
  package static let version = 2

  private let options: GradeOptions

  /// A grader with options.
  package init(_ options: GradeOptions = GradeOptions()) {
    self.options = options
  }

  /// Grades a whole trace.
  package func grade(trace: String, key: AnswerKey) -> Grading {
    let bytes = Array(trace.utf8)
    let found = Extraction.find(in: bytes, options: options, isChoice: key.isChoice)
    guard let range = found.range else {
      return Grading(verdict: .noAnswer, rule: found.rule.rawValue, reason: found.reason)
    }
    var grading = grade(bytes, range, key, rule: found.rule.rawValue)
    // Another value beside the right one is a guess, not an answer.
    for other in found.alternatives where grading.verdict == .correct {
      if grade(bytes, bytes.trimmed(other), key, rule: found.rule.rawValue).verdict != .correct {
        grading.verdict = .incorrect
        grading.reason = "two alternatives"
      }
    }
    return grading
  }

  /// Grades an answer that is already extracted.
  package func grade(answer: String, key: AnswerKey) -> Grading {
    let bytes = Array(answer.utf8)
    let range = bytes.trimmed(0..<bytes.count)
    if range.isEmpty {
      return Grading(verdict: .noAnswer, rule: "none", reason: "the answer is empty")
    }
    return grade(bytes, range, key, rule: "answer")
  }

  private func grade(
    _ bytes: [UInt8], _ range: Range<Int>, _ key: AnswerKey, rule: String
  ) -> Grading {
    let text = String(decoding: bytes[range], as: UTF8.self)
    if range.count > Limit.maximumLength {
      return Grading(
        verdict: .ungradable, extracted: nil, rule: Limit.length.rawValue,
        reason: "the answer is too long")
    }
    let judgement = Judgement.of(bytes, range, key)
    switch judgement.outcome {
    case .equal:
      return Grading(
        verdict: .correct, extracted: text, rule: rule, reason: judgement.policy.rawValue)
    case .different:
      return Grading(
        verdict: .incorrect, extracted: text, rule: rule, reason: judgement.policy.rawValue)
    case .unknown(let limit):
      return Grading(
        verdict: .ungradable, extracted: text, rule: limit.rawValue,
        reason: "beyond the grader's bounds")
    }
  }

  /// Whether a gold value equals itself through its tree, not only by its spelling.
  func parsesEqual(_ value: AnswerKey.Value, _ key: AnswerKey) -> Bool {
    guard let tree = value.parsed.tree else { return true }
    var comparison = Comparison(gold: tree, answer: tree, hints: key.hints)
    return comparison.rootsAreEqual()
  }
}
