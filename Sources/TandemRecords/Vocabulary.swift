/// What became of a trace when it was graded.
package enum Verdict: String, CaseIterable, Sendable {
  case correct
  case incorrect
  /// The trace never states a final answer.
  case noAnswer = "no_answer"
  /// The answer is beyond the grader's bounds, or the gold answer cannot be understood.
  case ungradable
  /// The trace failed technically; it counts as no sample.
  case error
}

/// What a gold answer is.
package enum GoldType: String, CaseIterable, Sendable {
  case number, expression, choice, text
}

/// Where in the method a trace was sampled.
package enum Round: String, CaseIterable, Sendable {
  case cold, rescue, leap
}
