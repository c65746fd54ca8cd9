import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct AdvantageRuleTests {
  private func values(
    _ totals: [Double], _ outcomes: [Bool], _ preset: RewardPreset = .tandem,
    _ normalisation: AdvantageRule.Normalisation = .std
  ) -> GroupAdvantages {
    var rule = AdvantageRule(preset)
    rule.normalisation = normalisation
    return rule.advantages(totals: totals, outcomes: outcomes)
  }

  @Test func dividesByTheDeviation() {
    #expect(values([1, 0], [true, false]).values == [1, -1])
    let small = values([0.2, 0], [true, false])
    #expect(zip(small.values, [0.4, -0.4]).allSatisfy { abs($0 - $1) < 1e-15 }, "floor of 0.25")
    let paper = values([0.2, 0], [true, false], .corePaper).values
    #expect(abs(paper[0] - 1) < 1e-6 && paper[0] < 1)
  }

  @Test func otherNormalisations() {
    #expect(values([1, 0, 0.5], [true, false, false], .tandem, .mean).values == [0.5, -0.5, 0])
    #expect(values([1, 0, 0.5], [true, false, false], .tandem, .rloo).values == [0.75, -0.75, 0])
  }

  @Test func theGateClosesOnEqualOutcomes() {
    #expect(values([1.2, 1], [true, true]).zeroReason == .allCorrect)
    #expect(values([0.2, 0], [false, false]).values == [0, 0])
    #expect(values([0.2, 0], [false, false]).zeroReason == .allWrong)
    #expect(values([1.2, 1], [true, true], .corePaper).zeroReason == nil)
    #expect(values([1, 1], [true, true], .corePaper).zeroReason == .allCorrect)
    #expect(values([1, 1], [true, false]).zeroReason == .noSpread)
  }

  @Test func aGroupOfOneHasNoAdvantage() {
    for preset in RewardPreset.allCases {
      for normalisation in AdvantageRule.Normalisation.allCases {
        let result = values([1.2], [true], preset, normalisation)
        #expect(result.values == [0] && result.zeroReason == .single)
      }
    }
  }

  /// Rounding in equal totals must not be blown up by the small floor of the paper.
  @Test func roundingIsNoSpread() {
    let result = values([0.1 + 0.2, 0.3], [false, false], .corePaper)
    #expect(result.values == [0, 0] && result.zeroReason == .allWrong)
  }

  /// With one correct trace and nothing for the others its reward's size cancels.
  @Test(arguments: 2...6) func theSizeOfALoneRewardCancels(n: Int) {
    let outcomes = [true] + [Bool](repeating: false, count: n - 1)
    func advantage(_ reward: Double, _ normalisation: AdvantageRule.Normalisation) -> Double {
      values([reward] + [Double](repeating: 0, count: n - 1), outcomes, .tandem, normalisation)
        .values[0]
    }
    #expect(abs(advantage(1, .std) - advantage(1.6, .std)) < 1e-12)
    #expect(abs(advantage(1, .std) - Double(n - 1).squareRoot()) < 1e-12)
    #expect(advantage(1.6, .mean) > advantage(1, .mean) + 0.1)
  }

  @Test func groupsByModelOrProblem() {
    let samples = [1, 0, 1, 2].map { model in
      RewardSample(model: model, round: .cold, verdict: .correct, text: "")
    }
    #expect(AdvantageRule(.tandem).groups(of: samples) == [[0, 2], [1], [3]])
    #expect(AdvantageRule(.corePaper).groups(of: samples) == [[0, 1, 2, 3]])
    #expect(AdvantageRule(.corePaper).groups(of: []).isEmpty)
  }
}
