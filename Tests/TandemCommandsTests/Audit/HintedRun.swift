import TandemRecords
import TandemShards
import TandemTestSupport

/// A small run with hints that are written by hand, whatever makes them otherwise.
enum HintedRun {
  /// Ingests so many sums and gives each problem the hints that `make` says; parts are aligned.
  static func make(
    in folder: WorkFolder, problems count: Int = 12, parts: Int = 3,
    _ make: (Problem, Int) -> [Hint] = { [hint($0, $1)] }
  ) throws -> String {
    let run = folder.path("run")
    let source = try folder.write(SmallRun.problems(count), to: "problems.jsonl")
    try SmallRun.ingest(source, into: run, "--parts", String(parts))
    try writeHints(of: run, make)
    return run
  }

  /// Writes `hints/` beside `problems/`; numbers count the problems of the run.
  static func writeHints(of run: String, _ make: (Problem, Int) -> [Hint]) throws {
    let problems = try StageInput("\(run)/problems")
    let output = try StageOutput<Hint>(
      "\(run)/hints", plan: Plan(stage: "hint", stageVersion: 1, team: ["a", "b"]),
      compression: Compression())
    var number = 0
    var parts: [Manifest.Part] = []
    for (index, part) in problems.manifest.parts.enumerated() {
      var writer = try output.writer(index, fingerprint: "by hand of \(part.sha256)")
      var reader = try problems.rows(index, as: Problem.self)
      while let problem = try reader.next() {
        for hint in make(problem, number) { try writer.write(hint) }
        number += 1
      }
      parts.append(try output.commit(writer))
    }
    _ = try output.finish(parts: parts)
  }

  /// Of six hints one states the answer, one spells a sum that comes to it, one is withheld and states it too, one is
  /// none, and two are clean.
  static func hint(_ problem: Problem, _ number: Int) -> Hint {
    let gold = Int(problem.gold) ?? 0
    let texts = [
      "Look at the bag.", "The bag and the box hold \(gold).", "Compute \(gold + 1) - 1.",
      "So it is \(gold).", "", "Step \(gold): add.",
    ]
    let kind = number % texts.count
    var hint = Hint(
      id: "h\(number)", problemID: problem.id, student: "a",
      status: kind == 3 ? .withheld : kind == 4 ? .none : .given, text: texts[kind],
      stepsKept: kind == 4 ? 0 : 1, tokens: 5, budget: 100, dropout: .init(mode: .context, p: 0.1))
    if kind == 4 { hint.reason = "nothing is left" }
    return hint
  }
}
