import TandemJSON
import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct TeamReportTests {
  /// Samples from a string of verdicts, a letter a sample.
  ///
  /// `+` correct, `-` incorrect, `0` no answer, `?` ungradable, `!` failed. Correct samples state
  /// answer 1, incorrect ones answer 2.
  private func samples(_ letters: String) -> [SampleOutcome] {
    letters.enumerated().map { index, letter in
      let verdict: Verdict =
        switch letter {
        case "+": .correct
        case "-": .incorrect
        case "0": .noAnswer
        case "?": .ungradable
        default: .error
        }
      let answer = letter == "+" ? 1 : letter == "-" ? 2 : nil
      return SampleOutcome(sample: index, verdict: verdict, answer: answer, tokens: 10 + index)
    }
  }

  private func report(
    _ problems: [[String]], team: [String] = ["a", "b"],
    bootstrap: Bootstrap = Bootstrap(resamples: 20)
  ) -> TeamReport {
    var table = OutcomeTable(team: team)
    for problem in problems { table.append(ProblemOutcomes(samples: problem.map(samples))) }
    return TeamReport(of: table, bootstrap: bootstrap)
  }

  private func metric(_ key: String, _ metrics: [Metric]) throws -> Metric {
    try #require(metrics.first { $0.key == key })
  }

  /// Worked by hand: two samples of two models on four problems.
  @Test func agreesWithAHandComputedCase() throws {
    let report = report([["++", "+-"], ["--", "-+"], ["-+", "+0"], ["0-", "--"]])
    #expect(report.problems == 4 && report.traces == 16)
    #expect(report.anyCorrect == 3 && report.allCorrect == 2)
    let (a, b) = (report.models[0], report.models[1])
    #expect(a.n == 8 && a.correct == 3 && b.correct == 3)
    #expect(a.verdicts == [.correct: 3, .incorrect: 4, .noAnswer: 1])
    #expect(try metric("pass@1", a.metrics).value == 3.0 / 8)
    #expect(try metric("pass@2", a.metrics).value == 2.0 / 4)
    #expect(try metric("pass@1", b.metrics).value == 3.0 / 8)
    #expect(try metric("pass@2", b.metrics).value == 3.0 / 4)
    // 1, 1 - 1 x 1/2, 1 - 1/2 x 1/2, 0
    #expect(try metric("pass@1", report.team).value == (1 + 0.5 + 0.75 + 0) / 4)
    #expect(try metric("pass@2", report.team).value == 3.0 / 4)
    // 1 x 1/2, 0, 1/2 x 1/2, 0
    #expect(try metric("p12", report.team).value == 0.75 / 4)
    #expect(try metric("p12_first", report.team).value == 1.0 / 4)
    // First samples fail as a: 0 1 1 1, b: 0 1 0 1; (4 x 2 - 3 x 2) / sqrt(3 x 1 x 2 x 2).
    #expect(try metric("phi", report.team).value == 2 / 12.0.squareRoot())
    // a: + - (tie, first) -: 1 of 4, as its third problem ties `-+`; b: ties go to + - +.
    #expect(try metric("majority", a.metrics).value == 1.0 / 4)
    #expect(try metric("majority", b.metrics).value == 2.0 / 4)
    // Votes in (sample, model) order: ++ +-, -- -+, -+ +0, 0- --: + - + -.
    #expect(try metric("majority", report.team).value == 2.0 / 4)
    #expect(report.equalBudget.map(\.key) == ["pass@2", "pass@4"])
    #expect(report.equalBudget[0].value == 3.0 / 4)
    #expect(report.bestModels == ["b", nil])
    #expect(
      report.equalBudget[1].why == "needs 4 samples of one model for a problem, at most 2 are there"
    )
    #expect(try metric("mean_tokens", a.metrics).value == 10.5)
  }

  /// One vote each: the second model's comes first, for its sample's number.
  @Test func ordersVotesBySampleThenModel() throws {
    #expect(try metric("majority", report([["0-", "+0"]]).team).value == 1)
    #expect(try metric("majority", report([["0+", "-0"]]).team).value == 0)
    #expect(try metric("majority", report([["-", "+"]]).team).value == 0)
  }

  @Test func leavesFailedSamplesOutOfEverything() throws {
    let report = report([["!+", "--"], ["!!", "+!"], ["-!", "++"]])
    #expect(report.traces == 12)
    let a = report.models[0]
    #expect(a.n == 2 && a.correct == 1 && a.problems == 2)
    #expect(a.verdicts == [.error: 4, .correct: 1, .incorrect: 1])
    let pass = try metric("pass@1", a.metrics)
    #expect(pass.value == 0.5 && pass.excludedProblems == 1)
    // The first sample that did not fail: + - and - +.
    #expect(try metric("phi", report.team).value == -1)
    #expect(try metric("p12_first", report.team).value == 0)
    let team = try metric("pass@1", report.team)
    #expect(team.value == 1 && team.excludedProblems == 1)
    #expect(try metric("majority", report.team).excludedProblems == 1)
    #expect(try metric("mean_tokens", a.metrics).value == 10.5)
  }

  @Test func saysWhyAValueIsMissing() throws {
    let empty = report([])
    let metrics = empty.models.flatMap(\.metrics) + empty.team + empty.equalBudget
    #expect(metrics.allSatisfy { $0.value == nil && $0.why != nil && $0.interval == nil })
    #expect(try metric("pass@1", empty.team).why?.contains("at most 0") == true)
    let constant = try metric("phi", report([["+", "-"], ["+", "+"]]).team)
    #expect(constant.value == nil && constant.undefinedResamples == 20)
    #expect(constant.why == "no pair of models has first samples that vary in both")
    let alone = report([["+-"]], team: ["a"])
    #expect(try metric("phi", alone.team).why == "needs two models")
    #expect(try metric("pass@2", alone.team).value == alone.equalBudget[1].value)
    #expect(report([], team: []).team.allSatisfy { $0.value == nil })
  }

  @Test func listsPlainNumbersInJSON() throws {
    let report = report([["++", "--"], ["--", "!-"]])
    let json = try #require(report.json.object)
    let a = try #require(json["models"]?.object?["a"]?.object)
    #expect(a["pass@1"] == .number(0.5) && a["n"] == 4 && a["correct"] == 2)
    #expect(a["ci95"]?.object?["pass@1"]?.array?.count == 2)
    let team = try #require(json["team"]?.object)
    #expect(team["models"] == ["a", "b"] && team["phi"] == .null)
    #expect(team["any_correct"] == 1 && team["all_correct"] == 0)
    #expect(team["why"]?.object?["phi"]?.string != nil)
    #expect(team["excluded_problems"]?.object?["pass@2"] == 1)
    #expect(json["equal_budget"]?.object?["best_model"]?.object?["pass@2"] == "a")
    #expect(json["problems"] == 2 && json["traces"] == 8)
    #expect(try JSONValue(parsing: report.json.json) == report.json)
  }
}
