import TandemAnswers
import TandemJSON
import TandemMethod
import TandemRecords
import TandemShards
import TandemTestSupport

@testable import TandemStages

/// A run whose problems, traces and hints are written by hand, dealt into parts in order.
struct HandMadeRun {
  let run: RunFolder
  let problems: [Problem]
  private let parts: Int

  static let context = StageContext(threads: 2)

  /// A run of sums, `p0`, `p1`, ...: the answer of each is its number plus 7.
  init(_ path: String, problems count: Int, parts: Int = 1) throws {
    run = RunFolder(path)
    self.parts = parts
    problems = (0..<count).map { index in
      Problem(
        id: "p\(index)", dataset: "d", split: "test", question: "What is \(index) + 7?",
        gold: String(index + 7), goldType: .number, source: .init(file: "d.jsonl", row: index + 1))
    }
    try write(problems, to: run.problems) { $0.id }
  }

  /// A trace with the id `PROBLEM-MODEL-ROUND-SAMPLE`.
  static func trace(
    _ problem: Problem, _ model: String, _ round: Round = .cold, _ sample: Int = 0, _ text: String
  ) -> Trace {
    Trace(
      id: "\(problem.id)-\(model)-\(round.rawValue)-\(sample)", problemID: problem.id, model: model,
      round: round, sample: sample, text: text, engine: "test")
  }

  /// A hint with the id `PROBLEM-hint`.
  static func hint(
    _ problem: Problem, for student: String, from teacher: String = "b",
    _ status: HintStatus = .given, _ text: String = "add them"
  ) -> Hint {
    var hint = Hint(
      id: "\(problem.id)-hint", problemID: problem.id, student: student, status: status, text: text,
      stepsKept: 1, tokens: 2, budget: 9, dropout: .init(mode: .context, p: 0.1))
    hint.teacher = teacher
    return hint
  }

  func writeTraces(_ traces: [Trace], _ round: Round = .cold) throws {
    try write(traces, to: run.traces(round)) { $0.problemID }
  }

  func writeHints(_ hints: [Hint], team: [String]) throws {
    try write(hints, to: run.hints, team: team) { $0.problemID }
  }

  func grade(_ rounds: Round...) throws {
    for round in rounds {
      _ = try GradeStage(run: run, options: GradeOptions())(round, context: Self.context)
    }
  }

  func reward(_ rule: RewardRule = RewardRule(.tandem), models: [String]) throws {
    _ = try RewardStage(run: run, rule: rule, models: models)(context: Self.context)
  }

  /// The rows of a stage, part after part.
  func rows<Row: Record>(of folder: String, as row: Row.Type = Row.self) throws -> [Row] {
    let input = try StageInput(folder)
    return try input.manifest.parts.indices.flatMap { index in
      var reader = try input.rows(index, as: Row.self)
      var rows: [Row] = []
      while let row = try reader.next() { rows.append(row) }
      return rows
    }
  }

  private func write<Row: Record>(
    _ rows: [Row], to folder: String, team: [String]? = nil, problem: (Row) -> String
  ) throws {
    let output = try StageOutput<Row>(
      folder, plan: Plan(stage: "test", stageVersion: 1, team: team), compression: Compression())
    let places = Dictionary(uniqueKeysWithValues: problems.map(\.id).enumerated().map { ($1, $0) })
    let made = try (0..<parts).map { part in
      var writer = try output.writer(part, fingerprint: "made by hand")
      for row in rows
      where (places[problem(row)] ?? 0) * parts / max(problems.count, 1) == part {
        try writer.write(row)
      }
      return try output.commit(writer)
    }
    _ = try output.finish(parts: made)
  }
}
