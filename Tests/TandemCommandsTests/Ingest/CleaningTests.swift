import Foundation
import TandemJSON
import TandemRecords
import TandemTestSupport
import Testing

/// What `ingest` leaves out, with a line in rejects.jsonl for each.
@Suite struct CleaningTests {
  let folder: WorkFolder

  static let long = """
    A farmer has a rectangular field whose length is three times its width and whose fence is \
    exactly four hundred metres long in total. What is the length of the field in metres?
    """
  static let rows = [
    (long, "150"),
    // The same words with other spacing and case.
    (long.uppercased().replacingOccurrences(of: " ", with: "  "), "150"),
    // Nearly the same words.
    (long.replacingOccurrences(of: "metres?", with: "yards?"), "150"),
    ("How many legs do three spiders and two cats have together in all?", "32"),
    // Another number is another problem.
    ("How many legs do four spiders and two cats have together in all?", "40"),
  ]

  init() throws {
    folder = try WorkFolder()
  }

  func write(_ rows: [(String, String)], to name: String) throws -> String {
    try folder.write(
      rows.map { SmallRun.line(["question": $0.0, "gold": $0.1]) }.joined(), to: name)
  }

  func ingest(_ path: String, into run: String, _ arguments: String...) throws -> String {
    let run = folder.path(run)
    _ = try Tool.output(
      ["ingest", path, "--fields", "question=question,gold=gold,type=number", "--out", run]
        + arguments)
    return run + "/problems"
  }

  /// The rejects of a stage, each held against the schema.
  func rejects(_ stage: String) throws -> [Tool.Row] {
    let text = try String(contentsOfFile: stage + "/rejects.jsonl", encoding: .utf8)
    let validator = try #require(try SchemaRegistry.validator("reject", version: 1))
    for line in text.split(separator: "\n") {
      #expect(validator.validate(try JSONValue(parsing: Array(line.utf8))) == [])
    }
    return try Tool.rows(of: text)
  }

  @Test(arguments: [("exact", [1, 3, 4, 5], [2]), ("near", [1, 4, 5], [2, 3])])
  func duplicatesAreTakenOut(_ policy: String, _ kept: [Int], _ left: [Int]) throws {
    let source = try write(Self.rows, to: "rows.jsonl")
    let stage = try ingest(source, into: "run", "--duplicates", policy)
    let rows = try Tool.rows(in: stage)
    #expect(rows.compactMap { ($0["source"] as? Tool.Row)?["row"] as? Int } == kept)
    let rejects = try rejects(stage)
    #expect(rejects.compactMap { $0["row"] as? Int } == left)
    for reject in rejects {
      let overlap = try #require(reject["overlap"] as? Tool.Row)
      #expect(reject["stage"] as? String == "ingest" && reject["file"] as? String == "rows.jsonl")
      #expect((reject["cause"] as? String)?.hasSuffix(" duplicate") == true)
      #expect(overlap["other_id"] as? String == rows[0]["id"] as? String)
      #expect(overlap["share"] as? Double ?? 0 >= 0.8)
    }
  }

  @Test func withoutThePolicyAllAreKept() throws {
    let stage = try ingest(try write(Self.rows, to: "rows.jsonl"), into: "run")
    #expect(try Tool.rows(in: stage).count == 5)
    #expect(!FileManager.default.fileExists(atPath: stage + "/rejects.jsonl"))
  }

  @Test func contaminatedProblemsAreTakenOutWithTheSpan() throws {
    let held = try ingest(try write([(Self.long, "150")], to: "held.jsonl"), into: "held")
    let question = "Here is one more for you, Ann: " + Self.long
    let source = try write([(question, "150"), Self.rows[3]], to: "rows.jsonl")
    let stage = try ingest(source, into: "run", "--decontaminate", folder.path("held"))
    let rows = try Tool.rows(in: stage)
    #expect(rows.count == 1 && rows[0]["question"] as? String == Self.rows[3].0)
    let reject = try #require(try rejects(stage).first)
    let overlap = try #require(reject["overlap"] as? Tool.Row)
    #expect(reject["cause"] as? String == "contaminated" && reject["row"] as? Int == 1)
    #expect((reject["reason"] as? String)?.contains("of held") == true)
    #expect(overlap["other_id"] as? String == (try Tool.column("id", in: held))[0])
    #expect((0.5...1).contains(overlap["share"] as? Double ?? 0))
    let start = try #require(overlap["start"] as? Int)
    let end = try #require(overlap["end"] as? Int)
    let span = String(String.UnicodeScalarView(Array(question.unicodeScalars)[start..<end]))
    #expect(Self.long.contains(span) && span.split(separator: " ").count >= 13)
    let summary = try #require(
      try Tool.rows(of: String(contentsOfFile: stage + "/manifest.json", encoding: .utf8))
        .first?["summary"] as? Tool.Row)
    #expect((summary["left_out"] as? Tool.Row)?["contaminated"] as? Int == 1)
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func aKnownSplitCanBeProtected() throws {
    let data = SharedData.path + "/data"
    let run = folder.path("run")
    _ = try Tool.output(
      "ingest", "math", "--from", data, "--split", "test", "--decontaminate", "math:math500",
      "--out", run)
    let left = try rejects(run + "/problems")
    // Every one of the 500 is among the 5,000; short ones share no run of 13 words but all their words.
    let some = try Tool.output(
      "ingest", "math", "--from", data, "--split", "math500", "--out", folder.path("some"))
    #expect(some.contains("500 problems"))
    let kept = Set(try Tool.column("question", in: run))
    let missed = try Tool.column("question", in: folder.path("some")).filter(kept.contains)
    #expect(missed.isEmpty, "\(missed.count) of 500 stay")
    #expect(left.count >= 500 && left.count + kept.count <= 5_000)
  }

  @Test func aBadRowStopsOrIsSkipped() throws {
    let rows = [
      SmallRun.line(["question": "What is 1 + 1?", "gold": "2"]),
      SmallRun.line(["question": "What is 1 + 2?"]),
      SmallRun.line(["question": "What is 1 + 3?", "gold": "\\frac{"]),
    ]
    let source = try folder.write(rows.joined(), to: "rows.jsonl")
    let arguments = [
      "ingest", source, "--fields", "question=question,gold=gold", "--out", folder.path("run"),
    ]
    try Tool.expectRefusal(arguments, saying: ["rows.jsonl: row 2", "`gold`"])
    #expect(!FileManager.default.fileExists(atPath: folder.path("run")))
    let output = try Tool.output(arguments + ["--on-error", "skip"])
    #expect(output.contains("left out: field") && output.contains("left out: gold answer"))
    let rejects = try rejects(folder.path("run") + "/problems")
    #expect(rejects.compactMap { $0["row"] as? Int } == [2, 3])
    #expect(rejects.compactMap { $0["cause"] as? String } == ["field", "gold answer"])
  }
}
