import TandemJSON
import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct RewardDiagnosticsTests {
  /// The stored rows of a problem, as the stage writes them.
  static func rows(_ samples: [RewardSample], rule: RewardRule, problem: String = "p") -> [Reward] {
    let values = rule.values(of: RewardCase(samples, gold: "7"))
    return zip(samples, values).enumerated().map { index, pair in
      let (sample, value) = pair
      let trace = Trace(
        id: "\(problem)-\(index)", problemID: problem, model: "m\(sample.model)",
        round: sample.round, sample: index, text: sample.text, engine: "import")
      return Reward(
        of: trace, terms: value.terms, weights: rule.scheme.weights, preset: rule.scheme.preset,
        advantage: value.advantage,
        group: rule.advantage.grouping == .problem ? problem : "\(problem)/m\(sample.model)",
        zeroReason: value.zeroReason)
    }
  }

  @Test func countsARescueByHand() throws {
    let rule = RewardRule(.tandem)
    var diagnostics = RewardDiagnostics(rule: rule, team: ["m0", "m1", "m2"])
    diagnostics.add(Self.rows(RewardSchemeTests.rescued, rule: rule))
    let (all, student) = (diagnostics.all, try #require(diagnostics.models["m0"]))
    #expect(
      [all.traces, all.correct, all.rescue, all.groups, all.withAdvantage] == [5, 2, 1, 2, 2])
    #expect(student.sizeless == 1 && all.sizeless == 2)
    #expect(diagnostics.models["m2"]?.groups == 0)
    // Model 0 has a good partner in the cold round only, model 1 never.
    #expect(all.withoutPartner == 3)
    #expect(student.constantTerms == ["trace_accuracy", "cross_model", "length"])
    #expect(diagnostics.notes.contains { $0.hasPrefix("one correct trace alone in 2 of 2 groups") })
  }

  @Test func countsGatedGroupsAndPhantoms() {
    let samples = (0..<12).map { index in
      RewardSample(model: 0, round: .cold, verdict: .incorrect, text: "w\(index)")
    }
    var paper = RewardDiagnostics(rule: RewardRule(.corePaper), team: ["m0"])
    paper.add(Self.rows(samples, rule: RewardRule(.corePaper)))
    // The cap of ten leaves two with a distance; ten members are below the mean.
    #expect(paper.all.phantoms == 12 && paper.all.gated == 0 && paper.all.allWrong == 1)
    var gated = RewardDiagnostics(rule: RewardRule(.tandem), team: ["m0"])
    gated.add(Self.rows(samples, rule: RewardRule(.tandem)))
    #expect(gated.all.phantoms == 0 && gated.all.gated == 1 && gated.all.withAdvantage == 0)
    #expect(gated.notes.contains("exploration all zero: 1 of 1 groups"))
  }

  @Test func saysWhenEveryGroupIsSingle() {
    let rule = RewardRule(.tandem)
    let samples = Array(RewardSchemeTests.rescued[1...2])
    var diagnostics = RewardDiagnostics(rule: rule, team: ["m0", "m1"])
    diagnostics.add(Self.rows(samples, rule: rule))
    #expect(diagnostics.all.single == 2)
    #expect(diagnostics.notes.first?.hasPrefix("every group is a group of one") == true)
  }

  @Test(arguments: 0..<10) func partsDoNotMatter(seed: Int) {
    let rule = RewardRule(.tandem)
    let problems = (0..<12).map { index in
      Self.rows(
        RandomCase(
          seed: seed * 100 + index, models: 2, cold: 2, rescue: true, outcomes: .mixed,
          uneven: false
        ).samples, rule: rule, problem: "p\(index)")
    }
    var whole = RewardDiagnostics(rule: rule, team: [])
    for rows in problems { whole.add(rows) }
    var (first, second) = (whole, RewardDiagnostics(rule: rule, team: []))
    first = RewardDiagnostics(rule: rule, team: [])
    for (index, rows) in problems.reversed().enumerated() {
      if index % 3 == 0 { first.add(rows) } else { second.add(rows) }
    }
    second.add(first)
    #expect(second == whole, "seed \(seed)")
    #expect(second.json == whole.json)
  }

  @Test func meansAreExact() {
    var numbers = ExactMean()
    for value in [0.1, 0.2, 0.3, 0.4] { numbers.add(value) }
    #expect(abs(numbers.mean - 0.25) < 1e-11)
    #expect(abs(numbers.deviation - 0.0125.squareRoot()) < 1e-9)
    var constant = ExactMean()
    for _ in 0..<1000 { constant.add(0.3) }
    #expect(constant.deviation == 0)
    for value in [Double.nan, .infinity, -.infinity] { constant.add(value) }
  }

  @Test(arguments: RewardPreset.allCases) func optionsAreReadAsTheyAreStored(preset: RewardPreset) {
    var rule = RewardRule(preset, epoch: 3)
    rule.scheme.weights.rescue = 0.1 + 0.2
    rule.advantage.normalisation = .rloo
    #expect(RewardRule(rule.json) == rule)
    var json = rule.json
    json["alpha"] = nil
    #expect(RewardRule(json) == nil)
  }
}
