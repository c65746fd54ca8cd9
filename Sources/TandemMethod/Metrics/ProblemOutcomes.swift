package import TandemRecords

/// What became of one sample, as the metrics see it.
package struct SampleOutcome: Hashable, Sendable {
  /// The sample's number.
  package var sample: Int
  /// The grader's verdict.
  package var verdict: Verdict
  /// Which of the problem's distinct answers it states.
  ///
  /// One number a class of the grader's equivalence, shared by all models; nil without an answer.
  package var answer: Int?
  /// The tokens that the model wrote, if known.
  package var tokens: Int?

  /// Makes an outcome; see the properties.
  package init(sample: Int, verdict: Verdict, answer: Int? = nil, tokens: Int? = nil) {
    self.sample = sample
    self.verdict = verdict
    self.answer = answer
    self.tokens = tokens
  }
}

/// The cold samples of one problem.
package struct ProblemOutcomes: Hashable, Sendable {
  /// By model in the order of the team; each model's samples in any order, failed ones included.
  package var samples: [[SampleOutcome]]

  /// The outcomes of each model of the team.
  package init(samples: [[SampleOutcome]]) {
    self.samples = samples
  }
}

/// One model's outcomes on one problem, reduced to what the metrics need.
struct OutcomeCell: Hashable, Sendable {
  /// Samples that did not fail technically.
  var n: Int32 = 0
  /// Correct ones among them.
  var c: Int32 = 0
  /// Whether the first of them is correct; nil without one.
  var first: Bool?
  /// Whether the majority answer is correct, false without an answer; nil without a sample.
  var majority: Bool?
  /// Samples with known tokens, and the sum of their tokens.
  var counted: Int32 = 0
  var tokens = 0

  /// Reduces one model's samples, which stand in the order of their numbers.
  init(_ samples: some Sequence<SampleOutcome>) {
    var vote = MajorityVote()
    for sample in samples where sample.verdict != .error {
      let correct = sample.verdict == .correct
      n &+= 1
      if correct { c &+= 1 }
      if first == nil { first = correct }
      vote.add(sample)
      if let used = sample.tokens {
        counted &+= 1
        tokens &+= used
      }
    }
    if n > 0 { majority = vote.isCorrect }
  }
}
