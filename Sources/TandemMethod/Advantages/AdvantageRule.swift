package import TandemRecords

/// How rewards become advantages: which traces are compared, and how their totals are normalised.
package struct AdvantageRule: Hashable, Sendable {
  /// The traces of a problem that are compared with each other.
  package enum Grouping: String, CaseIterable, Sendable {
    /// Those of one model, in both rounds.
    case model
    /// All, of all models, in both rounds.
    case problem
  }

  /// What the distance to the group's mean is divided by.
  package enum Normalisation: String, CaseIterable, Sendable {
    /// The population standard deviation.
    case std
    /// Nothing (Dr. GRPO).
    case mean
    /// Nothing; the mean is that of the others (leave one out).
    case rloo
  }

  /// Which traces are compared.
  package var grouping: Grouping
  /// How the distance is scaled.
  package var normalisation: Normalisation
  /// What keeps a small standard deviation from making large advantages.
  package var floor: Floor
  /// Whether a group without both right and wrong traces gets no advantage.
  package var isOutcomeGated: Bool

  /// How a small standard deviation is treated.
  package enum Floor: Hashable, Sendable {
    /// This much is added to it.
    case added(Double)
    /// It counts as at least this much.
    case atLeast(Double)
  }

  /// The rule of a preset.
  package init(_ preset: RewardPreset) {
    normalisation = .std
    switch preset {
    case .corePaper:
      grouping = .problem
      floor = .added(1e-8)
      isOutcomeGated = false
    case .tandem:
      grouping = .model
      floor = .atLeast(0.25)
      isOutcomeGated = true
    }
  }

  /// Totals that differ by no more than this are equal: rounding must not become an advantage.
  package static let tolerance = 1e-12

  /// The groups of a problem's samples, each as rising places, in the order of their first sample.
  package func groups(of samples: [RewardSample]) -> [[Int]] {
    switch grouping {
    case .problem: return samples.isEmpty ? [] : [Array(samples.indices)]
    case .model:
      var order: [Int] = []
      var places: [Int: [Int]] = [:]
      for (index, sample) in samples.enumerated() {
        if places[sample.model] == nil { order.append(sample.model) }
        places[sample.model, default: []].append(index)
      }
      return order.compactMap { places[$0] }
    }
  }

  /// The advantages of one group.
  ///
  /// - Parameters:
  ///   - totals: the reward of each trace
  ///   - outcomes: whether each is correct; of the same length
  package func advantages(totals: [Double], outcomes: [Bool]) -> GroupAdvantages {
    if let reason = zeroReason(totals: totals, outcomes: outcomes) {
      return GroupAdvantages(values: totals.map { _ in 0 }, zeroReason: reason)
    }
    let statistics = GroupStatistics(totals)
    let scale: Double =
      switch normalisation {
      case .std: 1 / denominator(statistics.deviation)
      case .mean: 1
      // R - mean of the n - 1 others.
      case .rloo: Double(totals.count) / Double(totals.count - 1)
      }
    return GroupAdvantages(values: totals.map { ($0 - statistics.mean) * scale }, zeroReason: nil)
  }

  /// What a standard deviation counts as.
  package func denominator(_ deviation: Double) -> Double {
    switch floor {
    case .added(let value): deviation + value
    case .atLeast(let value): max(deviation, value)
    }
  }

  private func zeroReason(totals: [Double], outcomes: [Bool]) -> ZeroAdvantage? {
    if totals.count < 2 { return .single }
    let isSpread = (totals.max() ?? 0) - (totals.min() ?? 0) > Self.tolerance
    let isUniform = !outcomes.contains(true) || !outcomes.contains(false)
    if isUniform, isOutcomeGated || !isSpread {
      return outcomes.contains(true) ? .allCorrect : .allWrong
    }
    return isSpread ? nil : .noSpread
  }
}

/// The advantages of one group, in its order.
package struct GroupAdvantages: Hashable, Sendable {
  /// One a trace.
  package var values: [Double]
  /// Why all of them are 0; nil when they are not.
  package var zeroReason: ZeroAdvantage?
}

/// The mean and the population standard deviation of a group's totals.
package struct GroupStatistics: Hashable, Sendable {
  /// The mean.
  package let mean: Double
  /// The root of the mean squared distance to it.
  package let deviation: Double

  /// The statistics of numbers; zeros for none.
  package init(_ values: [Double]) {
    let count = Double(max(values.count, 1))
    let mean = values.reduce(0, +) / count
    self.mean = mean
    deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }
}
