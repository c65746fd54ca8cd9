package import TandemRecords

/// A reward scheme with the rule that turns its totals into advantages.
package struct RewardRule: Hashable, Sendable {
  /// The terms and their weights.
  package var scheme: RewardScheme
  /// From totals to advantages.
  package var advantage: AdvantageRule

  /// A preset in an epoch.
  package init(_ preset: RewardPreset, epoch: Int = 1) {
    scheme = RewardScheme(preset, epoch: epoch)
    advantage = AdvantageRule(preset)
  }

  /// What one sample is worth.
  package struct Value: Hashable, Sendable {
    /// The value of each term.
    package var terms: RewardTerms
    /// Their weighted sum.
    package var total: Double
    /// How far it is above its group.
    package var advantage: Double
    /// Why the whole group has none.
    package var zeroReason: ZeroAdvantage?
  }

  /// The value of every sample of a problem, in their order.
  package func values(of problem: RewardCase) -> [Value] {
    values(of: problem, terms: scheme.terms(of: problem))
  }

  /// The same from terms that were computed before, so that other weights cost little.
  package func values(of problem: RewardCase, terms: [RewardTerms]) -> [Value] {
    var values = terms.map { terms in
      Value(terms: terms, total: terms.total(scheme.weights), advantage: 0)
    }
    for group in advantage.groups(of: problem.samples) {
      let result = advantage.advantages(
        totals: group.map { values[$0].total },
        outcomes: group.map { problem.samples[$0].isCorrect })
      for (place, index) in group.enumerated() {
        values[index].advantage = result.values[place]
        values[index].zeroReason = result.zeroReason
      }
    }
    return values
  }
}
