package import TandemRecords

/// How the terms of a reward are computed and weighted.
///
/// A preset sets everything; each of its departures from the published equations is a property of
/// its own and can be changed alone.
package struct RewardScheme: Hashable, Sendable {
  /// Which formula gives the exploration term.
  package enum Exploration: String, CaseIterable, Sendable {
    /// Distance beyond a margin to a greedily chosen set: equation 3 as published.
    case maxMin = "max-min"
    /// The gain of the log-determinant of the similarities when the trace is left out.
    case logDet = "log-det"
  }

  /// The preset that the rest was taken from.
  package var preset: RewardPreset
  /// The epoch of the published schedules, from 1: the pipeline round that the traces belong to.
  package var epoch: Int
  /// What each term is multiplied with.
  package var weights: RewardTerms
  /// What the token overlap with the gold answer adds to the correctness term; in [0, 1).
  package var alpha: Double
  /// The formula of the exploration term.
  package var exploration: Exploration
  /// Whether a wrong trace earns nothing for being different (exploration and cross-model terms).
  package var isDiversityGated: Bool
  /// What the best correctness term of a partner must reach for it to count in the cross-model term.
  package var partnerGate: Double
  /// Tokens beyond which a trace is too long; the penalty begins at three quarters of it.
  package var lengthLimit: Int

  /// A preset in an epoch.
  package init(_ preset: RewardPreset, epoch: Int = 1) {
    self.preset = preset
    self.epoch = epoch
    lengthLimit = 3072
    switch preset {
    case .corePaper:
      weights = RewardTerms(
        correctness: 1, exploration: epoch <= 1 ? 0.2 : 0.05, rescue: 0.15, traceAccuracy: 0.2,
        crossModel: epoch <= 1 ? 0 : 0.1)
      alpha = 0.3
      exploration = .maxMin
      isDiversityGated = false
      partnerGate = 0.1
    case .tandem:
      weights = RewardTerms(
        correctness: 1, exploration: 0.1, rescue: 0.15, traceAccuracy: 0.2, crossModel: 0.1)
      alpha = 0
      exploration = .logDet
      isDiversityGated = true
      partnerGate = 1
    }
  }

  /// The terms of every sample of a problem.
  package func terms(of problem: RewardCase) -> [RewardTerms] {
    let correctness = Correctness.values(problem, alpha: alpha)
    var exploration =
      switch exploration {
      case .maxMin: MaxMinExploration.values(problem, correctness: correctness)
      case .logDet: LogDetExploration.values(problem.similarity)
      }
    var crossModel = CrossModel.values(problem, correctness: correctness, gate: partnerGate)
    if isDiversityGated {
      for index in problem.samples.indices where !problem.samples[index].isCorrect {
        exploration[index] = 0
        crossModel[index] = 0
      }
    }
    let rescue = RescueBonus.values(problem)
    let accuracy = TraceAccuracy.values(problem)
    return problem.samples.indices.map { index in
      RewardTerms(
        correctness: correctness[index], exploration: exploration[index], rescue: rescue[index],
        traceAccuracy: accuracy[index], crossModel: crossModel[index],
        format: FormatTerm.value(problem.samples[index]),
        length: LengthTerm.value(problem.samples[index], limit: lengthLimit))
    }
  }

  /// The total reward of every sample, from the cold round alone: what teachers are chosen by.
  package func coldTotals(of samples: [RewardSample], gold: String) -> [Double] {
    let cold = RewardCase(samples.filter { $0.round == .cold }, gold: gold)
    return terms(of: cold).map { $0.total(weights) }
  }

  /// The correctness term of every sample of the cold round.
  package func coldCorrectness(of samples: [RewardSample], gold: String) -> [Double] {
    let cold = RewardCase(samples.filter { $0.round == .cold }, gold: gold)
    return Correctness.values(cold, alpha: alpha)
  }
}
