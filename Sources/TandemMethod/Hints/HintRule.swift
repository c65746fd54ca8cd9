package import TandemRecords

/// How hints are made from teachers' traces; everything that decides their text but the traces.
package struct HintRule: Hashable, Sendable {
  /// What of a step goes in which the answer stands.
  package enum Removal: String, CaseIterable, Sendable {
    /// The value, and a gap is left.
    case value
    /// The step.
    case step
  }

  /// Who is taught.
  package enum Students: String, CaseIterable, Sendable {
    /// Models whose cold traces all failed, where a peer has a correct one.
    case failed
    /// Every model.
    case all
  }

  /// By what the teacher's trace is chosen among the correct ones.
  package enum TeacherScore: String, CaseIterable, Sendable {
    /// The total cold reward.
    case reward
    /// The correctness term alone.
    case correctness
  }

  package var students = Students.failed
  package var teacherScore = TeacherScore.reward
  package var removal = Removal.value
  /// The mildest finding of the audit that is cut: `equivalent`, or `derivable`.
  package var strips = Severity.equivalent
  /// What stands in the place of a value.
  package var gap = "..."
  /// The largest length in the student's tokens.
  package var budget = 1536
  package var dropout: Hint.Dropout
  /// The seed of the dropout.
  package var seed = 0

  /// The defaults of a preset: `core-paper` withholds a quarter of the hints, `tandem` a tenth.
  package init(_ preset: RewardPreset = .tandem) {
    dropout = Hint.Dropout(mode: .context, p: preset == .corePaper ? 0.25 : 0.1)
  }
}
