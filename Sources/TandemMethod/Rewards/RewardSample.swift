package import TandemRecords

/// One graded trace as the reward sees it.
package struct RewardSample: Hashable, Sendable {
  /// The model's place in the team.
  package var model: Int
  /// Cold or rescue.
  package var round: Round
  /// What became of it; a trace with `error` is no sample and must be left out.
  package var verdict: Verdict
  /// What it states as its answer.
  package var answer: String?
  /// What the model wrote.
  package var text: String
  /// Whether it was sampled with a hint that was really given, neither withheld nor empty.
  package var isHinted: Bool
  /// The tokens that the model wrote, as far as known.
  package var tokens: Int?
  /// Whether it was cut off at the token limit.
  package var isTruncated: Bool

  /// Makes a sample; see the properties.
  package init(
    model: Int, round: Round, verdict: Verdict, answer: String? = nil, text: String,
    isHinted: Bool = false, tokens: Int? = nil, isTruncated: Bool = false
  ) {
    self.model = model
    self.round = round
    self.verdict = verdict
    self.answer = answer
    self.text = text
    self.isHinted = isHinted
    self.tokens = tokens
    self.isTruncated = isTruncated
  }

  /// Takes the sample from a trace and its grade.
  ///
  /// - Parameters:
  ///   - model: the model's place in the team
  ///   - hint: the hint that the trace names, when there is one
  package init(_ trace: Trace, grade: Grade, model: Int, hint: Hint?) {
    self.init(
      model: model, round: trace.round, verdict: grade.verdict, answer: grade.extracted,
      text: trace.text, isHinted: hint?.status == .given && hint?.text.isEmpty == false,
      tokens: trace.completionTokens, isTruncated: trace.finishReason == "length")
  }

  /// Whether the answer is right.
  package var isCorrect: Bool { verdict == .correct }
}
