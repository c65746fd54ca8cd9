internal import TandemAnswers
package import TandemRecords

/// Makes the hints of one problem from teachers' traces.
///
/// The text of every hint that is given or withheld is the one that the last audit passed, but for those of the
/// ablation that leaves answer markers in, whose `reason` says so.
package struct HintMaker: Sendable {
  /// A correct trace that teaches.
  package struct Teacher: Sendable {
    package var trace: Trace
    /// What the grader took as its answer.
    package var answer: String?
    /// By what it was chosen.
    package var score: Double

    /// A trace with its answer and score.
    package init(trace: Trace, answer: String?, score: Double) {
      self.trace = trace
      self.answer = answer
      self.score = score
    }
  }

  private let problem: Problem
  private let rule: HintRule
  private let auditor: LeakAuditor

  /// Makes hints of a problem by a rule.
  package init(_ problem: Problem, rule: HintRule) {
    self.problem = problem
    self.rule = rule
    auditor = LeakAuditor(
      gold: problem.gold, type: problem.goldType, question: problem.question,
      choices: problem.choices)
  }

  /// The hint for a student.
  ///
  /// - Parameters:
  ///   - teacher: the trace to make it of; nil when no peer has a correct one
  ///   - counter: counts the student's tokens
  package func hint(for student: String, teacher: Teacher?, counter: TokenCounter) -> Hint {
    guard let teacher else {
      return none(student, nil, HintReason.noTeacher, removals: [], counter)
    }
    let draw = Draw(rule, problemID: problem.id, student: student)
    let auditors = auditors(of: teacher)
    var draft = Draft(teacher, self, auditors, draw, counter, keepsThinking: false)
    // Where nothing but an answer stands behind the thinking, the thinking teaches.
    if draft.reason != nil, Thinking.isPresent(in: Array(teacher.trace.text.utf8)) {
      draft = Draft(teacher, self, auditors, draw, counter, keepsThinking: true)
    }
    let bytes = draft.redaction.bytes
    let removals = draft.redaction.removals
    let spans = CodePoints.spans(of: removals.map(\.range), in: bytes)
    let removed = zip(removals, spans).map { removal, span in
      Hint.Removal(
        text: String(decoding: bytes[removal.range], as: UTF8.self), reason: removal.reason,
        span: span)
    }
    if let reason = draft.reason {
      return none(student, teacher, reason, removals: removed, counter)
    }
    let status: HintStatus = draw.withholdsContext ? .withheld : .given
    var hint = Hint(
      id: Hint.id(
        problemID: problem.id, student: student, teacherTraceID: teacher.trace.id, status: status,
        text: draft.text),
      problemID: problem.id, student: student, status: status, text: draft.text,
      stepsKept: draft.redaction.kept.count, removed: removed, tokens: counter.count(draft.text),
      tokensEstimated: counter.isEstimate, budget: rule.budget, dropout: rule.dropout)
    hint.teacher = teacher.trace.model
    hint.teacherTraceID = teacher.trace.id
    hint.teacherScore = teacher.score
    hint.reason = draft.leavesMarkers ? HintReason.markersLeft : nil
    return hint
  }

  private func none(
    _ student: String, _ teacher: Teacher?, _ reason: String, removals: [Hint.Removal],
    _ counter: TokenCounter
  ) -> Hint {
    var hint = Hint(
      id: Hint.id(
        problemID: problem.id, student: student, teacherTraceID: teacher?.trace.id, status: .none,
        text: ""),
      problemID: problem.id, student: student, status: .none, text: "", stepsKept: 0,
      removed: removals, tokens: 0, tokensEstimated: counter.isEstimate, budget: rule.budget,
      dropout: rule.dropout)
    hint.teacher = teacher?.trace.model
    hint.teacherTraceID = teacher?.trace.id
    hint.teacherScore = teacher?.score
    hint.reason = reason
    return hint
  }

  /// The gold answer, and the teacher's own where the grader accepts it but the audit sees another value in it.
  private func auditors(of teacher: Teacher) -> [LeakAuditor] {
    guard let answer = teacher.answer, answer != problem.gold, !answer.contains("=") else {
      return [auditor]
    }
    switch auditor.audit(answer).severity {
    case .literal, .equivalent, .given: return [auditor]
    case .derivable, .none:
      return [
        auditor,
        LeakAuditor(
          gold: answer, type: problem.goldType, question: problem.question,
          choices: problem.choices),
      ]
    }
  }

  // MARK: Draft

  /// A trace cut to a hint.
  private struct Draft {
    private(set) var redaction: Redaction
    private(set) var text = ""
    /// Why there is no hint.
    private(set) var reason: String?
    let leavesMarkers: Bool

    init(
      _ teacher: Teacher, _ maker: HintMaker, _ auditors: [LeakAuditor], _ draw: Draw,
      _ counter: TokenCounter, keepsThinking: Bool
    ) {
      let rule = maker.rule
      leavesMarkers = draw.leavesMarkers
      var stripper = HintStripper(
        Redaction(teacher.trace.text, gap: rule.gap, keepsThinking: keepsThinking), rule: rule,
        auditors: auditors, answers: [maker.problem.gold, teacher.answer ?? maker.problem.gold],
        leavesMarkers: draw.leavesMarkers)
      var reason = HintReason.onlyAnswer
      stripper.clean()
      for _ in 0..<8 where !stripper.redaction.kept.isEmpty {
        let cut = Budget(rule.budget, counter).cut(&stripper)
        if stripper.redaction.kept.isEmpty { reason = HintReason.overBudget }
        if !cut { break }
        // What was cut can change how the rest reads.
        stripper.clean()
      }
      let before = stripper.redaction.kept
      for step in before where draw.withholds(step) {
        stripper.remove(step, because: HintReason.dropout)
      }
      if stripper.redaction.kept.count < before.count {
        if stripper.redaction.kept.isEmpty { reason = HintReason.allWithheld }
        stripper.clean()
      }
      redaction = stripper.redaction
      text = RedactedText(redaction).text
      if redaction.kept.isEmpty { self.reason = reason }
    }
  }
}
