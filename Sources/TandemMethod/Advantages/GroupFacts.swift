internal import TandemRecords

/// What is worth knowing of one group of rewards.
struct GroupFacts {
  var isSingle: Bool
  var isAllCorrect: Bool
  var isAllWrong: Bool
  /// Two or more traces, alike in outcome, that the outcome gate left without advantage.
  var isGated: Bool
  /// Whether some trace has an advantage.
  var hasAdvantage: Bool
  var isExplorationZero: Bool
  /// Traces beyond ``phantomSize`` in a group alike in outcome.
  var phantoms: Int
  /// Whether the advantages do not depend on how large the one correct trace's reward is.
  var ignoresSize: Bool
  /// Whether each term is the same for all traces, in the order of the terms.
  var isConstant: [Bool]

  /// An advantage that is more than noise.
  static let phantomSize = 0.1

  init(_ rows: [Reward], rule: AdvantageRule) {
    let correct = rows.count { $0.isCorrect }
    let isUniform = correct == 0 || correct == rows.count
    isSingle = rows.count == 1
    isAllCorrect = correct == rows.count
    isAllWrong = correct == 0
    hasAdvantage = rows.contains { $0.advantage != 0 }
    isGated = rows.count > 1 && isUniform && rule.isOutcomeGated
    phantoms =
      isUniform && rows.count > 1 ? rows.count { abs($0.advantage) > Self.phantomSize } : 0
    isConstant = RewardTerms.all.map { term in
      Self.spread(rows.map { $0.terms[keyPath: term.path] }) <= AdvantageRule.tolerance
    }
    isExplorationZero = rows.allSatisfy { abs($0.terms.exploration) <= AdvantageRule.tolerance }
    let deviation = GroupStatistics(rows.map(\.total)).deviation
    let isFloorFree = rule.denominator(deviation) <= deviation * (1 + 1e-6)
    ignoresSize =
      hasAdvantage && rule.normalisation == .std && correct == 1 && isFloorFree
      && Self.spread(rows.filter { !$0.isCorrect }.map(\.total)) <= AdvantageRule.tolerance
  }

  private static func spread(_ values: [Double]) -> Double {
    (values.max() ?? 0) - (values.min() ?? 0)
  }
}

extension Reward {
  /// Whether the trace is correct: the overlap adds less than 1 to the outcome.
  package var isCorrect: Bool { terms.correctness >= 1 }
}
