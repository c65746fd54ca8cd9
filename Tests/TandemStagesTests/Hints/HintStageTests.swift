import TandemAnswers
import TandemJSON
import TandemMethod
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

@testable import TandemStages

/// Hints of a run made by hand.
@Suite struct HintStageTests {
  private static let context = StageContext(threads: 2)

  private static func trace(_ problem: Int, _ model: String, _ sample: Int, _ text: String) -> Trace
  {
    var trace = Trace(
      id: "p\(problem)-\(model)-\(sample)", problemID: "p\(problem)", model: model, round: .cold,
      sample: sample, text: text, engine: "test")
    if text.isEmpty { trace.error = "timed out" }
    return trace
  }

  /// Five problems with the gold answer 7 and the traces of three models.
  private static let traces: [[(String, String)]] = [
    // Two teachers: the one with the higher reward is chosen.
    [
      ("a", "3 - 4. \\boxed{1}"), ("a", "No idea"), ("b", "Take 3. Then 3 + 4 = 7. \\boxed{7}"),
      ("c", "4 + 3 = 7 \\boxed{7}"),
    ],
    // One right trace of its own: not eligible.
    [("a", "\\boxed{1}"), ("a", "\\boxed{7}"), ("b", "\\boxed{2}"), ("c", "3 + 4 = 7 \\boxed{7}")],
    // Nobody is right.
    [("a", "\\boxed{1}"), ("b", "\\boxed{2}"), ("c", "No idea")],
    // A failed request is no sample: `a` has none left.
    [("a", ""), ("b", "\\boxed{1}"), ("c", "3 + 4 = 7 \\boxed{7}")],
    // Nothing but the answer.
    [("a", "\\boxed{1}"), ("b", "\\boxed{7}"), ("c", "\\boxed{7}")],
  ]

  private static func run(in folder: WorkFolder) throws -> RunFolder {
    let run = RunFolder(folder.path("run"))
    try write(
      traces.indices.map { index in
        Problem(
          id: "p\(index)", dataset: "d", split: "test", question: "How many?", gold: "7",
          goldType: .number, source: .init(file: "d.jsonl", row: index + 1))
      }, to: run.problems)
    try write(
      traces.enumerated().flatMap { problem, traces in
        var samples: [String: Int] = [:]
        return traces.map { model, text in
          defer { samples[model, default: 0] += 1 }
          return trace(problem, model, samples[model] ?? 0, text)
        }
      }, to: run.traces(.cold))
    _ = try GradeStage(run: run, options: GradeOptions())(.cold, context: context)
    return run
  }

  private static func write<Row: Record>(_ rows: [Row], to folder: String) throws {
    let output = try StageOutput<Row>(
      folder, plan: Plan(stage: "test", stageVersion: 1), compression: Compression())
    var writer = try output.writer(0, fingerprint: "made by hand")
    for row in rows { try writer.write(row) }
    _ = try output.finish(parts: [try output.commit(writer)])
  }

  private static func hints(_ run: RunFolder) throws -> [Hint] {
    var reader = try RowReader<Hint>("\(run.hints)/part-00000.jsonl.zst")
    var rows: [Hint] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  private static func rule(_ students: HintRule.Students = .failed) -> HintRule {
    var rule = HintRule()
    rule.students = students
    rule.dropout.p = 0
    return rule
  }

  private static func stage(
    _ run: RunFolder, _ rule: HintRule = rule(), models: [String]? = nil,
    tokenizers: StudentTokenizers = StudentTokenizers()
  ) -> HintStage {
    HintStage(
      run: run, rule: rule, scheme: RewardScheme(.tandem), models: models, tokenizers: tokenizers)
  }

  @Test func everyEligibleStudentHasOneRow() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    let outcome = try Self.stage(run)(context: Self.context)
    let rows = try Self.hints(run)
    #expect(rows.map(\.problemID) == ["p0", "p1", "p3", "p4"])
    #expect(rows.map(\.student) == ["a", "b", "b", "a"])
    #expect(rows.map(\.teacher) == ["c", "c", "c", "b"])
    #expect(rows.map(\.status) == [.given, .given, .given, .none])
    #expect(rows.map(\.text) == ["4 + 3 = ...", "3 + 4 = ...", "3 + 4 = ...", ""])
    #expect(rows[3].reason == HintReason.onlyAnswer && rows[3].teacherTraceID == "p4-b-0")
    #expect(outcome.team == ["a", "b", "c"])
    #expect(outcome.tally.all.rows == 4 && outcome.tally.all.made == 3)
    #expect(outcome.tally.students["b"]?.given == 2)
    #expect(outcome.tally.teachers["c"]?.made == 3)
    #expect(
      outcome.manifest.summary["all"]?.object?["none"]?.object?[HintReason.onlyAnswer]?.int == 1)
    let plan = try StageInput(run.hints).plan()
    #expect(plan["team"] == ["a", "b", "c"] && plan["seed"]?.int == 0)
    #expect(plan["options"]?.object?["tokens"]?.object?["a"]?.string == TokenCounter.estimateName)
    #expect(try Self.stage(run)(context: Self.context).made == 0)
  }

  /// The score of a hint is the total that the reward stage gives the same trace without a rescue round.
  @Test func teachersAreChosenByTheirColdReward() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    _ = try Self.stage(run)(context: Self.context)
    _ = try RewardStage(run: run, rule: RewardRule(.tandem), models: nil)(context: Self.context)
    var reader = try RowReader<Reward>("\(run.rewards)/part-00000.jsonl.zst")
    var totals: [String: Double] = [:]
    while let row = try reader.next() { totals[row.traceID] = row.total }
    for hint in try Self.hints(run) {
      let total = try #require(totals[hint.teacherTraceID ?? ""])
      // No right trace of another model has more.
      let others = totals.filter {
        $0.key.hasPrefix(hint.problemID) && !$0.key.contains("-\(hint.student)-")
      }
      #expect(others.values.allSatisfy { $0 <= total + 1e-12 })
      #expect(abs((hint.teacherScore ?? 0) - total) < 1e-12)
    }
    var rule = Self.rule()
    rule.teacherScore = .correctness
    _ = try Self.stage(run, rule)(context: Self.context)
    #expect(try Self.hints(run).allSatisfy { $0.teacherScore == 1 })
  }

  @Test func everyModelCanBeTaught() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    _ = try Self.stage(run, Self.rule(.all))(context: Self.context)
    let rows = try Self.hints(run)
    #expect(
      rows.map { "\($0.problemID) \($0.student)" } == [
        "p0 a", "p0 b", "p0 c", "p1 a", "p1 b", "p1 c", "p2 a", "p2 b", "p2 c", "p3 b", "p3 c",
        "p4 a", "p4 b", "p4 c",
      ])
    #expect(rows.allSatisfy { $0.teacher != $0.student })
    #expect(rows.filter { $0.problemID == "p2" }.allSatisfy { $0.reason == HintReason.noTeacher })
  }

  @Test func theTeamLimitsTeachersAndStudents() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    _ = try Self.stage(run, models: ["c", "a"])(context: Self.context)
    #expect(try Self.hints(run).map(\.teacher) == ["c", "c"])
    let error = #expect(throws: ShardError.self) {
      try Self.stage(run, models: ["a"])(context: Self.context)
    }
    #expect(error?.description.contains("one model only") == true)
  }

  @Test func countsWithTheStudentsTokenizer() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    let words = StudentTokenizers.Entry(
      digest: "d1", counter: TokenCounter { $0.split(separator: " ").count })
    _ = try Self.stage(run, tokenizers: StudentTokenizers(named: ["b": words]))(
      context: Self.context)
    let rows = try Self.hints(run)
    #expect(rows.map(\.tokensEstimated) == [true, false, false, true])
    #expect(rows[1].tokens == 5)
    let plan = try StageInput(run.hints).plan()
    #expect(plan["options"]?.object?["tokens"]?.object?["b"]?.string == "sha256:d1")
    let unknown = StudentTokenizers(named: ["x": words])
    let error = #expect(throws: ShardError.self) {
      try Self.stage(run, tokenizers: unknown)(context: Self.context)
    }
    #expect(error?.description.contains("no model `x`") == true)
  }

  @Test func explainsAHint() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    _ = try Self.stage(run)(context: Self.context)
    let hint = try #require(try Self.hints(run).first)
    let explanation = try HintExplanation(of: hint.id, in: run, context: Self.context)
    #expect(explanation.hint == hint && explanation.trace?.id == "p0-c-0")
    #expect(explanation.problem.id == "p0")
    #expect(throws: ShardError.self) {
      try HintExplanation(of: "nothing", in: run, context: Self.context)
    }
  }

  /// Other grades make other hints, and the first ones again when they are taken back.
  @Test func gradesDecide() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder)
    _ = try Self.stage(run)(context: Self.context)
    let before = try Self.hints(run)
    var lenient = GradeOptions()
    lenient.lenient = .lastNumber
    _ = try GradeStage(run: run, options: lenient)(.cold, context: Self.context)
    #expect(try Self.stage(run)(context: Self.context).made == 1)
    _ = try GradeStage(run: run, options: GradeOptions())(.cold, context: Self.context)
    _ = try Self.stage(run)(context: Self.context)
    #expect(try Self.hints(run) == before)
  }
}
