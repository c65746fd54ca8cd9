package import TandemRecords

/// What a grader is asked to do beyond the policy.
package struct GradeOptions: Hashable, Sendable {
  /// An extraction rule that is off by default.
  package enum LenientRule: String, CaseIterable, Sendable {
    /// The last number of a trace, when nothing states an answer.
    case lastNumber = "last-number"
  }

  /// A rule to try after all others.
  package var lenient: LenientRule?
  /// Whether a last line `A: v` states the answer.
  package var acceptsALine: Bool

  /// Makes options; the defaults are those of the policy.
  package init(lenient: LenientRule? = nil, acceptsALine: Bool = true) {
    self.lenient = lenient
    self.acceptsALine = acceptsALine
  }
}

/// The verdict on one trace, with what it rests on.
package struct Grading: Hashable, Sendable {
  /// What became of the trace.
  package var verdict: Verdict
  /// The text taken as the final answer.
  package var extracted: String?
  /// The extraction rule that found it; for `ungradable` the name of the limit.
  package var rule: String
  /// Why there is no answer, or the policy rule that decided.
  package var reason: String?
  /// How the two sides were read, when it was asked for.
  package var explanation: [String] = []
}
