package import TandemRecords

/// Why a piece of a trace is left out of a hint, and why there is no hint at all, as records say it.
package enum HintReason {
  /// Thinking in front of a solution, or its tags.
  package static let thinking = "thinking"
  /// An answer statement of some kind: `answer: box`.
  package static func answer(_ kind: String) -> String { "answer: \(kind)" }
  /// The value with which the last step ends.
  package static let conclusion = "answer: conclusion"
  /// What the audit found, and by which rule: `literal: token`.
  package static func leak(_ severity: Severity, _ rule: String) -> String {
    "\(severity.rawValue): \(rule)"
  }
  /// A value of the question that an equation comes to: there it is the answer again.
  package static let result = "given: result"
  /// A lead-in or heading with nothing left to lead to.
  package static let leftover = "leftover"
  /// Beyond the budget.
  package static let budget = "budget"
  /// Withheld at random.
  package static let dropout = "dropout"

  /// There is no hint: no peer has a correct trace.
  package static let noTeacher = "no correct peer"
  /// There is no hint: the trace holds nothing but its answer.
  package static let onlyAnswer = "nothing but the answer"
  /// There is no hint: its first step is longer than the budget.
  package static let overBudget = "over budget"
  /// There is no hint: dropout withheld every step.
  package static let allWithheld = "every step withheld"
  /// The hint is of the ablation that leaves answer markers in.
  package static let markersLeft = "answer markers left in"
}
