import Foundation
import TandemRecords
import Testing

@testable import TandemMethod

/// Against an implementation of its own, see ``NaiveRewards``.
@Suite struct RewardRuleTests {
  static let seeds = 0..<16

  static func cases(_ seed: Int) -> [RandomCase] {
    var cases: [RandomCase] = []
    for models in 2...3 {
      for cold in 1...4 {
        for outcomes in RandomCase.Outcomes.allCases {
          cases.append(
            RandomCase(
              seed: seed * 1000 + cases.count, models: models, cold: cold, rescue: seed % 3 != 0,
              outcomes: outcomes, uneven: seed % 4 == 0))
        }
      }
    }
    return cases
  }

  @Test(arguments: seeds) func agreesWithTheNaiveFormulas(seed: Int) {
    var worst = 0.0
    for item in Self.cases(seed) {
      let problem = RewardCase(item.samples, gold: item.naive.gold)
      for preset in RewardPreset.allCases {
        for epoch in 1...2 {
          let expected = item.naive.totals(preset, epoch: epoch)
          for grouping in AdvantageRule.Grouping.allCases {
            for normalisation in AdvantageRule.Normalisation.allCases {
              var rule = RewardRule(preset, epoch: epoch)
              rule.advantage.grouping = grouping
              rule.advantage.normalisation = normalisation
              let values = rule.values(of: problem)
              let advantages = item.naive.advantages(
                expected, preset, byModel: grouping == .model, how: normalisation.rawValue)
              for (index, value) in values.enumerated() {
                worst = max(worst, abs(value.total - expected[index]))
                worst = max(worst, abs(value.advantage - advantages[index]))
              }
            }
          }
        }
      }
    }
    #expect(worst < 1e-9, "seed \(seed), off by \(worst)")
  }

  @Test(arguments: seeds) func everyTermAgrees(seed: Int) {
    for item in Self.cases(seed) {
      let problem = RewardCase(item.samples, gold: item.naive.gold)
      for preset in RewardPreset.allCases {
        let paper = preset == .corePaper
        let quality = item.naive.correctness(alpha: paper ? 0.3 : 0)
        let gate = { (values: [Double]) in
          paper ? values : zip(values, item.naive.samples).map { $1.correct ? $0 : 0 }
        }
        let expected: [(String, [Double])] = [
          ("correctness", quality),
          ("exploration", gate(paper ? item.naive.maxMin(quality) : item.naive.logDet())),
          ("rescue", item.naive.rescue()), ("trace_accuracy", item.naive.accuracy()),
          ("cross_model", gate(item.naive.crossModel(quality, gate: paper ? 0.1 : 1))),
        ]
        let terms = RewardScheme(preset).terms(of: problem)
        for (term, (name, values)) in zip(RewardTerms.all, expected) {
          #expect(term.name == name)
          let found = terms.map { $0[keyPath: term.path] }
          let difference = zip(found, values).map { abs($0 - $1) }.max() ?? 0
          #expect(difference < 1e-9, "\(preset) \(name), seed \(seed)")
        }
      }
    }
  }

  @Test func theOrderOfTheModelsDoesNotMatter() {
    for item in Self.cases(7) {
      let swapped = item.samples.map { sample in
        var sample = sample
        sample.model = 2 - sample.model
        return sample
      }
      let rule = RewardRule(.tandem)
      let a = rule.values(of: RewardCase(item.samples, gold: "14"))
      let b = rule.values(of: RewardCase(swapped, gold: "14"))
      // Averages over partners are added in another order.
      let difference = zip(a, b).map { abs($0.advantage - $1.advantage) }.max() ?? 0
      #expect(difference < 1e-12)
    }
  }

  @Test func otherWeightsNeedNoOtherTerms() {
    for item in Self.cases(3) {
      let problem = RewardCase(item.samples, gold: "14")
      var rule = RewardRule(.tandem)
      let terms = rule.scheme.terms(of: problem)
      rule.scheme.weights.exploration = 0.7
      #expect(rule.values(of: problem, terms: terms) == rule.values(of: problem))
    }
  }
}
