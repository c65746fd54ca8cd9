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

/// What became of the hint for a student that failed.
package enum HintStatus: String, CaseIterable, Sendable {
  case given
  /// Held back by dropout: the rescue is sampled cold, as the control group.
  case withheld
  /// There is no hint, and no rescue.
  case none
}

/// What hint dropout leaves out.
package enum DropoutMode: String, CaseIterable, Sendable {
  /// The whole hint.
  case context
  /// Single steps.
  case step
  /// Answer markers only: an ablation that the audit must flag.
  case marker
}

/// How plainly a hint gives the final answer away, worst first.
package enum Severity: String, CaseIterable, Sendable {
  /// The gold answer as written, up to case, spacing and markup.
  case literal
  /// Another spelling of the same value.
  case equivalent
  /// An expression that evaluates to it.
  case derivable
  /// The question itself states the value.
  case given
  case none
}

/// Which set of reward terms and weights is in use.
package enum RewardPreset: String, CaseIterable, Sendable {
  case tandem
  case corePaper = "core-paper"
}

/// Why no trace of a group has an advantage.
package enum ZeroAdvantage: String, CaseIterable, Sendable {
  /// The group has one trace.
  case single
  case allCorrect = "all_correct"
  case allWrong = "all_wrong"
  /// Right and wrong traces have equal rewards.
  case noSpread = "no_spread"
}

/// Under which distribution an example's behaviour logprobs were taken.
package enum BehaviourMode: String, CaseIterable, Sendable {
  /// The full softmax at temperature 1.
  case raw
  /// The distribution that sampled.
  case sampling
  /// The example trains on another prompt than it was sampled with: no ratio is taken.
  case offPrompt = "off_prompt"
  /// They are missing.
  case none
}
