import TandemRecords
import TandemRollouts
import TandemShards
import TandemTestEngine
import TandemTestSupport
import Testing

@testable import TandemStages

/// The rescue round: who is asked, with which prompt.
@Suite struct RescueStageTests {
  let folder: WorkFolder
  let team = CountedTeam("a", "b")

  init() throws { folder = try WorkFolder() }

  /// Five problems: 0 given to a, 1 withheld from a, 2 none for a, 3 given to b and withheld from a, 4 nothing.
  private func run(team: [String]? = ["a", "b"]) throws -> RunFolder {
    let run = try SamplingFixtures.run(folder.path("run"), problems: 5, parts: 2)
    func hint(_ problem: Int, _ student: String, _ status: HintStatus) -> Hint {
      Hint(
        id: "h\(problem)\(student)", problemID: "p\(problem)", student: student, status: status,
        text: status == .none ? "" : "note {question} \(problem)", stepsKept: 1, tokens: 4,
        budget: 9, dropout: .init(mode: .context, p: 0.1))
    }
    try SamplingFixtures.write(
      [
        [hint(0, "a", .given), hint(1, "a", .withheld), hint(2, "a", .none)],
        [hint(3, "b", .given), hint(3, "a", .withheld)],
      ], to: run.hints, team: team)
    return run
  }

  private func stage(_ run: RunFolder, samples: Int = 1, team: CountedTeam? = nil) throws
    -> SamplingStage
  {
    SamplingStage(
      .rescue, run: run, team: (team ?? self.team).models,
      options: SamplingOptions(samples: samples),
      store: .shared(try RolloutCache(folder.path("cache"))))
  }

  @Test func everyHintOfAStudentIsAsked() throws {
    let run = try run()
    let outcome = try stage(run, samples: 2)(context: SamplingFixtures.context)
    let traces = try SamplingFixtures.traces(run.traces(.rescue))
    #expect(
      traces.map { "\($0.problemID) \($0.model) \($0.sample) \($0.hintID ?? "-")" } == [
        "p0 a 0 h0a", "p0 a 1 h0a", "p1 a 0 h1a", "p1 a 1 h1a", "p3 a 0 h3a", "p3 a 1 h3a",
        "p3 b 0 h3b", "p3 b 1 h3b",
      ])
    #expect(traces.allSatisfy { $0.round == .rescue })
    #expect(outcome.counts.map(\.count.traces) == [6, 2])
  }

  @Test func aWithheldHintIsSampledColdWithASeedOfItsOwn() throws {
    let run = try run()
    let cold = SamplingStage(
      .cold, run: run, team: team.models, options: SamplingOptions(samples: 1),
      store: .shared(try RolloutCache(folder.path("cache"))))
    _ = try cold(context: SamplingFixtures.context)
    _ = team.taken()
    _ = try stage(run)(context: SamplingFixtures.context)
    #expect(team.taken().count == 4)
    let traces = try SamplingFixtures.traces(run.traces(.rescue))
    let colds = try SamplingFixtures.traces(run.traces(.cold))
    let withheld = try #require(traces.first { $0.hintID == "h1a" })
    let same = try #require(colds.first { $0.problemID == "p1" && $0.model == "a" })
    #expect(withheld.prompt == same.prompt && withheld.text != same.text)
    let given = try #require(traces.first { $0.hintID == "h0a" })
    #expect(given.prompt?.contains("note {question} 0") == true)
  }

  @Test func hintsOfAnotherTeamAreRefused() throws {
    let run = try run(team: ["a", "c"])
    #expect {
      try stage(run)(context: SamplingFixtures.context)
    } throws: {
      "\($0)".contains("was made for the team a,c")
    }
  }

  @Test func withoutHintsItSaysWhatToDo() throws {
    let run = try SamplingFixtures.run(folder.path("bare"), problems: 2)
    #expect {
      try stage(run)(context: SamplingFixtures.context)
    } throws: {
      "\($0)".contains("hints: is missing")
    }
  }
}
