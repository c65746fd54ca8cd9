import TandemAnswers
import TandemJSON
import TandemMethod
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

@testable import TandemStages

/// A run with both rounds and hints, made by hand.
@Suite struct RewardStageTests {
  private static let context = StageContext(threads: 2)

  /// Three problems on which `a` fails twice and `b` succeeds.
  ///
  /// The hint of the first was given, that of the second withheld; the rescue of the third failed technically.
  private static func run(in folder: WorkFolder, hintsFor team: [String]? = ["a", "b"]) throws
    -> RunFolder
  {
    let run = RunFolder(folder.path("run"))
    let problems = (0..<3).map { index in
      Problem(
        id: "p\(index)", dataset: "d", split: "test", question: "3 + 4?", gold: "7",
        goldType: .number, source: .init(file: "d.jsonl", row: index + 1))
    }
    try write(problems, to: run.problems)
    try write(
      problems.flatMap { problem in
        [
          trace(problem, "a", .cold, 0, "3 - 4. \\boxed{1}"),
          trace(problem, "a", .cold, 1, "No idea"),
          trace(problem, "b", .cold, 0, "3 + 4 = 7. \\boxed{7}"),
          trace(problem, "c", .cold, 0, "\\boxed{7}"),
        ]
      }, to: run.traces(.cold))
    try write(
      problems.enumerated().map { index, problem in
        var hint = Hint(
          id: "h\(index)", problemID: problem.id, student: "a",
          status: index == 1 ? .withheld : .given, text: "3 + 4 = ...", stepsKept: 1, tokens: 4,
          budget: 9, dropout: .init(mode: .context, p: 0.1))
        hint.teacher = "b"
        return hint
      }, to: run.hints, team: team)
    try write(
      problems.enumerated().map { index, problem in
        var trace = trace(problem, "a", .rescue, 0, "3 + 4 = 7 \\boxed{7}")
        trace.hintID = "h\(index)"
        if index == 2 { trace.error = "timed out" }
        return trace
      }, to: run.traces(.rescue))
    for round in [Round.cold, .rescue] {
      _ = try GradeStage(run: run, options: GradeOptions())(round, context: context)
    }
    return run
  }

  private static func trace(
    _ problem: Problem, _ model: String, _ round: Round, _ sample: Int, _ text: String
  ) -> Trace {
    Trace(
      id: "\(problem.id)-\(model)-\(round.rawValue)-\(sample)", problemID: problem.id, model: model,
      round: round, sample: sample, text: text, engine: "test")
  }

  /// One part.
  private static func write<Row: Record>(_ rows: [Row], to folder: String, team: [String]? = nil)
    throws
  {
    let output = try StageOutput<Row>(
      folder, plan: Plan(stage: "test", stageVersion: 1, team: team), compression: Compression())
    var writer = try output.writer(0, fingerprint: "made by hand")
    for row in rows { try writer.write(row) }
    _ = try output.finish(parts: [try output.commit(writer)])
  }

  private static func rewards(_ run: RunFolder) throws -> [Reward] {
    var reader = try RowReader<Reward>("\(run.rewards)/part-00000.jsonl.zst")
    var rows: [Reward] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test func takesBothRoundsAndTheHints() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    let stage = RewardStage(run: run, rule: RewardRule(.tandem), models: ["a", "b"])
    let outcome = try stage(context: Self.context)
    let rows = try Self.rewards(run)
    #expect(
      rows.map(\.traceID) == [
        "p0-a-cold-0", "p0-a-cold-1", "p0-b-cold-0", "p0-a-rescue-0",
        "p1-a-cold-0", "p1-a-cold-1", "p1-b-cold-0", "p1-a-rescue-0",
        "p2-a-cold-0", "p2-a-cold-1", "p2-b-cold-0",
      ])
    #expect(rows.filter { $0.terms.rescue == 1 }.map(\.traceID) == ["p0-a-rescue-0"])
    #expect(abs(rows[3].advantage - 2.0.squareRoot()) < 1e-12)
    #expect(rows[2].zeroReason == .single && rows[8].zeroReason == .allWrong)
    #expect(rows[0].group == "p0/a")
    #expect(outcome.errors == ["a": 1, "b": 0])
    #expect(outcome.diagnostics.all.traces == 11 && outcome.diagnostics.all.rescue == 2)
    #expect(outcome.manifest.summary["errors"]?.object?["a"]?.int == 1)
    let plan = try StageInput(run.rewards).plan()
    #expect(plan["team"] == ["a", "b"])
    #expect(plan["options"]?.object?["rounds"] == ["cold", "rescue"])
    #expect(try stage(context: Self.context).made == 0)
  }

  @Test func explainsWhatIsStored() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    let rule = RewardRule(.corePaper, epoch: 2)
    _ = try RewardStage(run: run, rule: rule, models: ["a", "b"])(context: Self.context)
    let explanation = try RewardExplanation(of: "p1-a-rescue-0", in: run, context: Self.context)
    #expect(explanation.rule == rule)
    #expect(explanation.lines.count == 4 && explanation.groups.count == 1)
    for line in explanation.lines {
      let group = explanation.groups[0]
      let advantage = (line.reward.total - group.statistics.mean) / group.denominator
      #expect(abs(advantage - line.reward.advantage) < 1e-9)
    }
    #expect(explanation.lines.map(\.isHinted) == [false, false, false, false])
    #expect(throws: ShardError.self) {
      try RewardExplanation(of: "nothing", in: run, context: Self.context)
    }
  }

  @Test func refusesHintsOfAnotherTeam() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder, hintsFor: ["a", "b", "c"])
    let stage = RewardStage(run: run, rule: RewardRule(.tandem), models: ["b", "a"])
    let error = #expect(throws: ShardError.self) { try stage(context: Self.context) }
    #expect(error?.description.contains("was made for the team a,b,c, not b,a") == true)
  }

  @Test func refusesARescueOfUnknownHints() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    try Self.write([Hint](), to: run.hints, team: ["a", "b"])
    let stage = RewardStage(run: run, rule: RewardRule(.tandem), models: ["a", "b"])
    let error = #expect(throws: ShardError.self) { try stage(context: Self.context) }
    #expect(error?.description.contains("names the hint h0") == true)
  }
}
