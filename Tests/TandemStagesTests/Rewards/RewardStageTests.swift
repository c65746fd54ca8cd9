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
  private static let context = HandMadeRun.context

  /// Three problems on which `a` fails twice and `b` succeeds.
  ///
  /// The hint of the first was given, that of the second withheld; the rescue of the third failed technically.
  private static func run(in folder: WorkFolder, hintsFor team: [String] = ["a", "b"]) throws
    -> HandMadeRun
  {
    let made = try HandMadeRun(folder.path("run"), problems: 3)
    try made.writeTraces(
      made.problems.flatMap { problem in
        [
          HandMadeRun.trace(problem, "a", .cold, 0, "3 - 4. \\boxed{1}"),
          HandMadeRun.trace(problem, "a", .cold, 1, "No idea"),
          HandMadeRun.trace(problem, "b", .cold, 0, "3 + 4. \\boxed{\(problem.gold)}"),
          HandMadeRun.trace(problem, "c", .cold, 0, "\\boxed{\(problem.gold)}"),
        ]
      })
    try made.writeHints(
      made.problems.enumerated().map { index, problem in
        HandMadeRun.hint(problem, for: "a", index == 1 ? .withheld : .given)
      }, team: team)
    try made.writeTraces(
      made.problems.enumerated().map { index, problem in
        var trace = HandMadeRun.trace(
          problem, "a", .rescue, 0, "3 + 4 \\boxed{\(problem.gold)}")
        trace.hintID = "\(problem.id)-hint"
        if index == 2 { trace.error = "timed out" }
        return trace
      }, .rescue)
    try made.grade(.cold, .rescue)
    return made
  }

  @Test func takesBothRoundsAndTheHints() throws {
    let folder = try WorkFolder()
    let made = try Self.run(in: folder)
    let stage = RewardStage(run: made.run, rule: RewardRule(.tandem), models: ["a", "b"])
    let outcome = try stage(context: Self.context)
    let rows: [Reward] = try made.rows(of: made.run.rewards)
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
    // Right with a hint, alone in its round: the bonus. Of the cold round one in three is right.
    for (index, total) in [(3, 1.15), (7, 1), (2, 1 + 0.2 * 2 / 3), (0, 0)] {
      let row = rows[index]
      #expect(abs(row.total - 0.1 * row.terms.exploration - total) < 1e-12, "\(row.traceID)")
    }
    #expect(outcome.errors == ["a": 1, "b": 0])
    #expect(outcome.diagnostics.all.traces == 11 && outcome.diagnostics.all.rescue == 2)
    #expect(outcome.manifest.summary["errors"]?.object?["a"]?.int == 1)
    let plan = try StageInput(made.run.rewards).plan()
    #expect(plan["team"] == ["a", "b"])
    #expect(plan["options"]?.object?["rounds"] == ["cold", "rescue"])
    #expect(try stage(context: Self.context).made == 0)
  }

  @Test func thePaperComparesBothRoundsOfAllModels() throws {
    let folder = try WorkFolder()
    let made = try Self.run(in: folder)
    try made.reward(RewardRule(.corePaper), models: ["a", "b"])
    let rows: [Reward] = try made.rows(of: made.run.rewards)
    // A right answer overlaps whole: 1 + 0.3. Totals 0, 0, 1.3 + 0.2 * 2/3 and 1.3 + 0.15: mean 0.7208333,
    // deviation 0.7208574.
    let totals = [0, 0, 1.4333333333, 1.45]
    let advantages = [-0.9999666, -0.9999666, 0.9884063, 1.0115269]
    for (row, (total, advantage)) in zip(rows, zip(totals, advantages)) {
      #expect(abs(row.total - total) < 1e-9 && row.terms.exploration == 0, "\(row.traceID)")
      #expect(abs(row.advantage - advantage) < 1e-6 && row.group == "p0", "\(row.traceID)")
    }
  }

  @Test func explainsWhatIsStored() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder).run
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
    let run = try Self.run(in: folder, hintsFor: ["a", "b", "c"]).run
    let stage = RewardStage(run: run, rule: RewardRule(.tandem), models: ["b", "a"])
    let error = #expect(throws: ShardError.self) { try stage(context: Self.context) }
    #expect(error?.description.contains("was made for the team a,b,c, not b,a") == true)
  }

  @Test func refusesARescueOfUnknownHints() throws {
    let folder = try WorkFolder()
    let made = try Self.run(in: folder)
    try made.writeHints([], team: ["a", "b"])
    let stage = RewardStage(run: made.run, rule: RewardRule(.tandem), models: ["a", "b"])
    let error = #expect(throws: ShardError.self) { try stage(context: Self.context) }
    #expect(error?.description.contains("names the hint p0-hint") == true)
  }
}
