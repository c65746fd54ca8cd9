package import TandemJSON
package import TandemRecords

/// How advantages and teachers change under other weights; terms are computed once for all of them.
package struct WeightSweep: Hashable, Sendable {
  /// Weights with a name.
  package struct Weighting: Hashable, Sendable {
    /// What the table calls it.
    package var name: String
    /// What each term is multiplied with.
    package var weights: RewardTerms

    /// Names weights.
    package init(name: String, weights: RewardTerms) {
      self.name = name
      self.weights = weights
    }
  }

  /// What one weighting changes against the rule's own weights.
  package struct Change: Hashable, Sendable {
    /// Sizes of the differences of advantages.
    package fileprivate(set) var size = ExactMean()
    /// The largest of them.
    package fileprivate(set) var largest = 0.0
    /// Traces whose advantage has another sign.
    package fileprivate(set) var signs = 0
    /// Eligible students that would have another teacher's trace.
    package fileprivate(set) var teachers = 0
  }

  /// The rule that is varied.
  package let rule: RewardRule
  /// The weightings.
  package let weightings: [Weighting]
  /// One for each weighting.
  package private(set) var changes: [Change]
  /// Traces in all.
  package private(set) var traces = 0
  /// Students that failed cold where a peer succeeded.
  package private(set) var eligible = 0

  /// Nothing counted yet.
  package init(_ rule: RewardRule, weightings: [Weighting]) {
    self.rule = rule
    self.weightings = weightings
    changes = weightings.map { _ in Change() }
  }

  /// Adds a problem.
  ///
  /// - Parameters:
  ///   - problem: all of its samples
  ///   - cold: the samples of the cold round alone, from which teachers are chosen
  package mutating func add(_ problem: RewardCase, cold: RewardCase) {
    traces += problem.samples.count
    let (terms, coldTerms) = (rule.scheme.terms(of: problem), rule.scheme.terms(of: cold))
    let students = TeacherChoice.students(in: cold.samples)
    eligible += students.count
    func evaluate(_ weights: RewardTerms) -> (advantages: [Double], teachers: [Int?]) {
      var rule = rule
      rule.scheme.weights = weights
      let totals = coldTerms.map { $0.total(weights) }
      return (
        rule.values(of: problem, terms: terms).map(\.advantage),
        students.map { TeacherChoice.teacher(of: $0, samples: cold.samples, totals: totals) }
      )
    }
    let base = evaluate(rule.scheme.weights)
    for (index, weighting) in weightings.enumerated() {
      let other = evaluate(weighting.weights)
      for (before, after) in zip(base.advantages, other.advantages) {
        changes[index].size.add(abs(after - before))
        changes[index].largest = max(changes[index].largest, abs(after - before))
        if Self.sign(before) != Self.sign(after) { changes[index].signs += 1 }
      }
      changes[index].teachers += zip(base.teachers, other.teachers).count { $0 != $1 }
    }
  }

  /// Adds all that another sweep of the same weightings has counted.
  package mutating func add(_ other: WeightSweep) {
    traces += other.traces
    eligible += other.eligible
    for (index, change) in other.changes.enumerated() {
      changes[index].size.add(change.size)
      changes[index].largest = max(changes[index].largest, change.largest)
      changes[index].signs += change.signs
      changes[index].teachers += change.teachers
    }
  }

  private static func sign(_ value: Double) -> Int {
    abs(value) <= AdvantageRule.tolerance ? 0 : value > 0 ? 1 : -1
  }

  /// The table for machines.
  package var json: JSONValue {
    let rows = zip(weightings, changes).map { weighting, change -> JSONValue in
      var weights = JSONObject()
      for term in RewardTerms.all {
        weights[term.name] = .number(weighting.weights[keyPath: term.path])
      }
      return [
        "name": .string(weighting.name), "weights": .object(weights),
        "mean_change": .number(change.size.mean), "largest_change": .number(change.largest),
        "sign_changes": .number(change.signs), "teacher_changes": .number(change.teachers),
      ]
    }
    return [
      "base": .object(rule.json), "traces": .number(traces), "eligible": .number(eligible),
      "weightings": .array(rows),
    ]
  }
}
