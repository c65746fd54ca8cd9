internal import TandemMethod
internal import TandemRecords
internal import TandemShards
internal import TandemStages

/// Why a model has no example, and what to do.
struct EmptyPack {
  private let text: String

  init(_ outcome: PackStage.Outcome, run: RunFolder) {
    let counts = PackTally.Omission.allCases.compactMap { reason in
      outcome.tally.omitted[reason].flatMap { $0 > 0 ? (reason, $0) : nil }
    }
    let reasons = counts.map { "\(Quantity.count($0.1)) \($0.0.words)" }.joined(separator: ", ")
    let most = counts.max { $0.1 < $1.1 }?.0
    text =
      "\(outcome.model): \(reasons.isEmpty ? "no trace" : reasons)"
      + (Self.advice(most, outcome, run: run).map { "; \($0)" } ?? "")
  }

  /// One error for all models without an example.
  static func error(_ empty: [EmptyPack], run: RunFolder) -> ShardError {
    ShardError(
      "\(run.path)/examples", "no example for " + empty.map(\.text).joined(separator: "; "))
  }

  private static func advice(
    _ reason: PackTally.Omission?, _ outcome: PackStage.Outcome, run: RunFolder
  ) -> String? {
    let imitate = "pack every correct trace with `tandem pack \(run.path) --for sft`"
    switch reason {
    case .single where outcome.rule?.advantage.grouping == .model:
      return "compare the models with `tandem reward \(run.path) --group problem`, sample more "
        + "traces a model, or \(imitate)"
    case .single, .allCorrect, .allWrong, .noSpread, .atMean:
      return "sample more traces a problem, keep them with --keep-zero-advantage, or \(imitate)"
    case .tooLong: return "raise --max-tokens"
    case .error, .noTokens:
      return "look at its traces with `tandem shard head \(run.traces(.cold))`"
    case .notCorrect: return "nothing is there to imitate: sample more traces or easier problems"
    case .surplus, nil: return nil
    }
  }
}

extension PackTally.Omission {
  /// The reason behind a number of traces.
  var words: String {
    switch self {
    case .error: "failed technically"
    case .single: "alone in their group"
    case .allCorrect: "in groups all correct"
    case .allWrong: "in groups all wrong"
    case .noSpread: "in groups of equal rewards"
    case .atMean: "at the mean of their group"
    case .notCorrect: "not correct"
    case .surplus: "beyond --max-per-problem"
    case .tooLong: "longer than --max-tokens"
    case .noTokens: "without tokens"
    }
  }
}
