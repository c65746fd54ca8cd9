import TandemJSON
import TandemMethod
import TandemPrompts
import TandemRecords
import TandemShards
import TandemTestSupport
import TandemTokenizer
import Testing

@testable import TandemStages

/// From rows written by hand, through grades and rewards, to examples.
@Suite struct PackStageTests {
  private let folder: WorkFolder
  private let format: ModelFormat

  init() throws {
    folder = try WorkFolder()
    _ = try folder.write(ByteTokenizer.json, to: "tokenizer.json")
    format = try ModelFormat(folder.path, format: .chat(.chatML(defaultSystem: nil)))
  }

  /// Five problems of two models.
  ///
  /// `a` fails p0 to p3 and `b` does not: the hint of p0 is given, that of p1 withheld, there is none for p2, and
  /// the rescue of p3 fails technically. Of p4 both are right once and wrong once.
  private func rescued() throws -> HandMadeRun {
    let made = try HandMadeRun(folder.path("run"), problems: 5)
    let p = made.problems
    var cold: [Trace] = []
    for (index, problem) in p.enumerated() {
      let right = "So \\boxed{\(problem.gold)}"
      cold += [
        HandMadeRun.trace(problem, "a", .cold, 0, index == 4 ? right : "\\boxed{1}"),
        HandMadeRun.trace(problem, "a", .cold, 1, "No idea"),
        HandMadeRun.trace(problem, "b", .cold, 0, right),
        HandMadeRun.trace(problem, "b", .cold, 1, index == 4 ? "\\boxed{2}" : right),
      ]
    }
    for index in cold.indices {
      cold[index].promptIDs = [1, 2, Int32(index / 4)]
      cold[index].tokenIDs = [97, 98, 258]
      cold[index].rawLogprobsE4 = [-1, 0, -20_000]
    }
    try made.writeTraces(cold)
    try made.writeHints(
      [
        HandMadeRun.hint(p[0], for: "a"), HandMadeRun.hint(p[1], for: "a", .withheld),
        HandMadeRun.hint(p[2], for: "a", .none, ""), HandMadeRun.hint(p[3], for: "a"),
      ], team: ["a", "b"])
    var rescue = [0, 1, 3].map { index in
      var trace = HandMadeRun.trace(p[index], "a", .rescue, 0, "\\boxed{\(p[index].gold)}")
      trace.hintID = "p\(index)-hint"
      trace.promptIDs = index == 0 ? [1, 2, 0, 77, 3] : [1, 2, Int32(index)]
      trace.tokenIDs = [98, 258]
      trace.rawLogprobsE4 = [-5, -6]
      return trace
    }
    rescue[2].error = "timed out"
    try made.writeTraces(rescue, .rescue)
    try made.grade(.cold, .rescue)
    try made.reward(models: ["a", "b"])
    return made
  }

  private func pack(
    _ made: HandMadeRun, _ model: String, format: ModelFormat? = nil,
    _ change: (inout PackOptions) -> Void = { _ in }
  ) throws -> (outcome: PackStage.Outcome, rows: [Example]) {
    var options = PackOptions()
    change(&options)
    let stage = PackStage(run: made.run, model: model, format: format, options: options)
    let outcome = try stage(context: HandMadeRun.context)
    return (outcome, try made.rows(of: made.run.examples(model)))
  }

  @Test func fromRescueToExamples() throws {
    let made = try rescued()
    let (outcome, rows) = try pack(made, "a") { $0.distilHints = 0 }
    #expect(
      rows.map(\.traceID) == [
        "p0-a-cold-0", "p0-a-cold-1", "p0-a-rescue-0", "p1-a-cold-0", "p1-a-cold-1",
        "p1-a-rescue-0", "p4-a-cold-0", "p4-a-cold-1",
      ])
    // One right among three: whatever its reward, the deviation is its root of 2, ninths; so root of 2, and half
    // of it below 0 for the others. One of two: 1 and -1.
    let root = 2.0.squareRoot()
    let expected = [-root / 2, -root / 2, root, -root / 2, -root / 2, root, 1, -1]
    for (row, advantage) in zip(rows, expected) {
      #expect(abs(row.advantage - advantage) < 1e-9, "\(row.traceID)")
    }
    #expect(rows.map(\.weight) == [1, 1, 0.8, 1, 1, 0.8, 1, 1])
    #expect(rows.allSatisfy { $0.behaviourMode == .raw && $0.lossMask == nil })
    #expect(rows[2].promptIDs == [1, 2, 0, 77, 3] && rows[2].completionIDs == [98, 258])
    #expect(rows[2].behaviourLogprobsE4 == [-5, -6] && rows[2].group == "p0/a")
    #expect(rows[6].promptIDs == [1, 2, 4] && rows[6].behaviourLogprobsE4 == [-1, 0, -20_000])
    let provenance = rows[2].provenance
    #expect(provenance["problem_id"] == "p0" && provenance["hint_id"] == "p0-hint")
    #expect(provenance["prompt"] == "stored" && provenance["tokens"] == "stored")

    let tally = outcome.tally
    #expect(tally.examples == 8 && tally.positive == 3 && tally.negative == 5)
    #expect(tally.omitted == [.allWrong: 4, .error: 1])
    #expect(tally.rounds == [.cold: 6, .rescue: 2])
    #expect(tally.promptTokens == 8 * 3 + 2 && tally.completionTokens == 6 * 3 + 2 * 2)
    #expect(outcome.manifest.rows == 8 && PackTally(outcome.manifest.summary) == tally)

    let other = try pack(made, "b")
    #expect(other.rows.map(\.traceID) == ["p4-b-cold-0", "p4-b-cold-1"])
    #expect(other.outcome.tally.omitted == [.allCorrect: 8])
  }

  @Test func aSuccessWithAHintMovesToTheColdPrompt() throws {
    let made = try rescued()
    let (outcome, rows) = try pack(made, "a") {
      $0.distilHints = 1
      $0.rescueWeight = 0.5
    }
    let moved = rows.filter { $0.behaviourMode == .offPrompt }
    // That of p1 was sampled without its hint, so its prompt is cold as it is.
    #expect(moved.map(\.traceID) == ["p0-a-rescue-0"])
    #expect(moved[0].promptIDs == [1, 2, 0] && moved[0].completionIDs == [98, 258])
    #expect(moved[0].behaviourLogprobsE4 == nil && moved[0].weight == 0.5)
    #expect(abs(moved[0].advantage - 2.0.squareRoot()) < 1e-9)
    #expect(moved[0].provenance["distilled"] == true)
    #expect(outcome.tally.distilled == 1 && outcome.tally.modes == [.raw: 7, .offPrompt: 1])
  }

  @Test func theShareThatMovesFollowsThePreset() throws {
    let made = try rescued()
    let first = try pack(made, "a").outcome
    #expect(first.options.distilHints == 0.5 && first.options.rescueWeight == 0.8)
    try made.reward(RewardRule(.corePaper), models: ["a", "b"])
    #expect(try pack(made, "a").outcome.options.distilHints == 0)
    let sft = try pack(made, "a") { $0.purpose = .sft }
    #expect(sft.outcome.options.distilHints == 1 && sft.outcome.options.rescueWeight == 1)
    #expect(
      sft.rows.map(\.traceID) == ["p0-a-rescue-0", "p1-a-rescue-0", "p4-a-cold-0"])
    #expect(sft.rows.map(\.promptIDs) == [[1, 2, 0], [1, 2, 1], [1, 2, 4]])
    #expect(sft.rows.allSatisfy { $0.advantage == 1 && $0.weight == 1 })
    #expect(sft.rows.map(\.behaviourMode) == [.offPrompt, .none, .none])
    #expect(sft.outcome.tally.omitted == [.notCorrect: 9, .error: 1])
  }

  @Test func advantagesOfZeroAreKeptWhenAsked() throws {
    let made = try rescued()
    let (outcome, rows) = try pack(made, "b") { $0.keepsZeroAdvantage = true }
    #expect(rows.count == 10 && rows.count { $0.advantage == 0 } == 8)
    #expect(outcome.tally.omitted.isEmpty && outcome.tally.positive == 1)
  }

  @Test func everyReasonIsCounted() throws {
    let made = try HandMadeRun(folder.path("run"), problems: 3)
    let p = made.problems
    try made.writeTraces(
      p.flatMap { problem in
        [
          HandMadeRun.trace(problem, "a", .cold, 0, "\\boxed{\(problem.gold)}"),
          HandMadeRun.trace(problem, "a", .cold, 1, ""),
          HandMadeRun.trace(problem, "b", .cold, 0, "\\boxed{\(problem.gold)}"),
        ]
      }.map { trace in
        var trace = trace
        trace.promptIDs = [1, 2, 3, 4]
        if trace.text.isEmpty {
          trace.finishReason = "length"
        } else if trace.problemID == "p1" {
          trace.tokenIDs = Array(repeating: 5, count: 30)
        }
        return trace
      })
    try made.grade(.cold)
    try made.reward(models: ["a", "b"])
    let outcome = try pack(made, "a", format: format) { $0.maxTokens = 20 }.outcome
    #expect(outcome.tally.examples == 2)
    #expect(outcome.tally.omitted == [.noTokens: 3, .tooLong: 1])
    #expect(try pack(made, "b").outcome.tally.omitted == [.single: 3])
    #expect(try made.rows(of: made.run.examples("b"), as: Example.self).isEmpty)
  }

  @Test func rewardsOfOtherTracesAreRefused() throws {
    let made = try rescued()
    var trace = HandMadeRun.trace(made.problems[0], "a", .cold, 0, "\\boxed{7}")
    trace.tokenIDs = [5]
    try made.writeTraces(made.problems.map { HandMadeRun.trace($0, "a", .rescue, 0, "?") }, .rescue)
    try made.grade(.rescue)
    let error = #expect(throws: ShardError.self) { try self.pack(made, "a") }
    #expect(error?.description.contains("run `tandem reward` again") == true)
  }

  @Test func modelsAreNamedWhenOneIsUnknown() throws {
    let made = try rescued()
    let error = #expect(throws: ShardError.self) { try self.pack(made, "A") }
    #expect(error?.description.contains("has no model `A`") == true)
    #expect(error?.description.contains("it has a, b") == true)
    #expect(made.run.examples("Qwen/Qwen2.5") == made.run.path + "/examples/Qwen%2FQwen2.5")
    #expect(made.run.examples("..") == made.run.path + "/examples/%2E.")
  }
}
