import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct WeightSweepTests {
  private func weighting(_ change: (inout RewardTerms) -> Void) -> WeightSweep.Weighting {
    var weights = RewardScheme(.tandem).weights
    change(&weights)
    return WeightSweep.Weighting(name: "other", weights: weights)
  }

  @Test(arguments: 0..<10) func agreesWithSeparateRuns(seed: Int) {
    let weightings = [
      weighting { _ in }, weighting { $0.correctness = 0 }, weighting { $0.exploration = 3 },
    ]
    let rule = RewardRule(.tandem)
    var sweep = WeightSweep(rule, weightings: weightings)
    var (largest, signs) = ([0.0, 0, 0], [0, 0, 0])
    for index in 0..<6 {
      let samples = RandomCase(
        seed: seed * 10 + index, models: 3, cold: 3, rescue: true, outcomes: .mixed, uneven: false
      ).samples
      let problem = RewardCase(samples, gold: "14")
      sweep.add(problem, cold: RewardCase(samples.filter { $0.round == .cold }, gold: "14"))
      for (place, weighting) in weightings.enumerated() {
        var other = rule
        other.scheme.weights = weighting.weights
        for (a, b) in zip(rule.values(of: problem), other.values(of: problem)) {
          largest[place] = max(largest[place], abs(a.advantage - b.advantage))
          if a.advantage * b.advantage <= 0, a.advantage != b.advantage { signs[place] += 1 }
        }
      }
    }
    #expect(sweep.changes.map(\.largest) == largest, "seed \(seed)")
    #expect(sweep.changes.map(\.signs) == signs, "seed \(seed)")
    #expect(sweep.changes[0].size.mean == 0 && sweep.changes[0].teachers == 0)
  }

  /// Two good peers: the nearer to others wins without exploration only by its tokens.
  @Test func choosesTeachersByTotalThenTokensThenModel() {
    func sample(_ model: Int, _ verdict: Verdict, _ tokens: Int?) -> RewardSample {
      RewardSample(model: model, round: .cold, verdict: verdict, text: "", tokens: tokens)
    }
    let samples = [
      sample(2, .correct, 9), sample(1, .correct, 9), sample(1, .correct, 5),
      sample(0, .incorrect, 1), sample(3, .noAnswer, 1),
    ]
    #expect(TeacherChoice.students(in: samples) == [0, 3])
    func teacher(_ totals: [Double]) -> Int? {
      TeacherChoice.teacher(of: 0, samples: samples, totals: totals)
    }
    #expect(teacher([1, 1, 1, 9, 9]) == 2)
    #expect(teacher([1.5, 1, 1, 0, 0]) == 0)
    #expect(TeacherChoice.teacher(of: 1, samples: samples, totals: [1, 2, 3, 0, 0]) == 0)
    var equal = samples
    equal[2].tokens = 9
    #expect(TeacherChoice.teacher(of: 0, samples: equal, totals: [1, 1, 1, 0, 0]) == 1)
    #expect(TeacherChoice.students(in: Array(samples[3...])).isEmpty)
  }
}
