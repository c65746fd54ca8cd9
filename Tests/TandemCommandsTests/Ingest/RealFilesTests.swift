import Foundation
import TandemTestSupport
import Testing

/// Every published file goes in, with the number of problems that its description states.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct RealFilesTests {
  static let data = SharedData.path + "/data"
  let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
  }

  /// Ingests a split and returns the folder of its problems.
  func ingest(_ name: String, split: String, from place: String, as run: String = "run") throws
    -> String
  {
    let run = folder.path(run)
    _ = try Tool.output(
      "ingest", name, "--from", Self.data + place, "--split", split, "--out", run)
    return run + "/problems"
  }

  /// Questions with their gold answers.
  static func golds(_ path: String) throws -> [String: String] {
    let rows = try Tool.rows(in: path)
    return Dictionary(
      rows.map { ($0["question"] as? String ?? "", $0["gold"] as? String ?? "") },
      uniquingKeysWith: { first, _ in first })
  }

  static let splits: [(name: String, split: String, place: String, count: Int)] = [
    ("gsm8k", "train", "", 7_473),
    ("gsm8k", "test", "/gsm8k/test.jsonl", 1_319),
    ("math", "test", "", 5_000),
    ("math", "test", "/math/MATH-test.tar.gz", 5_000),
    ("math", "math500", "", 500),
    ("aime", "1983-2024", "", 949),
    ("aime", "1983-2024", "/aime/title-row", 933),
    ("aime", "2024", "", 30),
    ("aime", "2025", "", 30),
    ("aime", "aimo", "", 10),
    ("aime", "2024-harness", "", 30),
  ]

  @Test(arguments: splits)
  func everySplitIsWhole(_ entry: (name: String, split: String, place: String, count: Int)) throws {
    let run = folder.path("run")
    let result = try Tool.run(
      "ingest", entry.name, "--from", Self.data + entry.place, "--split", entry.split, "--out",
      run, "--json")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let manifest = try #require(try Tool.rows(of: result.output).first)
    let summary = try #require(manifest["summary"] as? Tool.Row)
    #expect(summary["rows_read"] as? Int == entry.count)
    // No gold answer fails its own check.
    #expect((summary["left_out"] as? Tool.Row)?.isEmpty == true)
    let ids = try Tool.column("id", in: run + "/problems")
    #expect(ids.count == entry.count && Set(ids).count == entry.count)
    #expect(!FileManager.default.fileExists(atPath: run + "/problems/rejects.jsonl"))
  }

  @Test func gsm8kRowsAreThoseOfTheFileInOrder() throws {
    let file = try String(contentsOfFile: Self.data + "/gsm8k/test.jsonl", encoding: .utf8)
    let raw = try Tool.rows(of: file)
    let rows = try Tool.rows(in: try ingest("gsm8k", split: "test", from: ""))
    for (number, (row, raw)) in zip(rows, raw).enumerated() {
      let answer = raw["answer"] as? String ?? ""
      #expect(row["question"] as? String == raw["question"] as? String)
      #expect(row["solution"] as? String == answer)
      #expect(row["gold"] as? String == answer.components(separatedBy: "#### ").last)
      let source = row["source"] as? Tool.Row
      #expect(source?["row"] as? Int == number + 1 && source?["file"] as? String == "test.jsonl")
    }
  }

  @Test func allFormsOfMATHHoldTheSameProblems() throws {
    let lines = try ingest("math", split: "test", from: "", as: "lines")
    let archive = try ingest("math", split: "test", from: "/math/MATH-test.tar.gz", as: "archive")
    #expect(
      try Tool.column("id", in: lines).sorted() == (try Tool.column("id", in: archive).sorted()))
    let all = try Self.golds(lines)
    let some = try Self.golds(try ingest("math", split: "math500", from: "", as: "some"))
    #expect(some.count == 500)
    for (question, gold) in some { #expect(all[question] == gold) }
  }

  @Test func aFolderOfMATHHoldsTheSameProblemsOrSaysWhatIsMissing() throws {
    let archive = Self.data + "/math/MATH-test.tar.gz"
    _ = try Shell.output("tar", "-xzf", archive, "-C", folder.path)
    let lines = try ingest("math", split: "test", from: "", as: "lines")
    let arguments = ["ingest", "math", "--from", folder.path, "--split", "test", "--out"]
    let whole = try Tool.run(arguments + [folder.path("whole")])
    #expect(whole.status == 0 && whole.errors.isEmpty)
    #expect(
      try Tool.column("id", in: folder.path("whole")).sorted()
        == (try Tool.column("id", in: lines).sorted()))
    try FileManager.default.removeItem(atPath: folder.path("MATH/test/algebra"))
    let part = try Tool.run(arguments + [folder.path("part")])
    #expect(
      part.errors == "the source is known to have 5,000 rows: is it whole?\n")
  }

  @Test func theEnvironmentMayNameTheFolder() throws {
    let environment = ["TANDEM_DATA": Self.data]
    let run = folder.path("run")
    let ingest = try Tool.run("ingest", "gsm8k:test", "--out", run, environment: environment)
    #expect(ingest.status == 0 && ingest.output.contains("1,319 problems"))
    let traces = try Tool.run(
      "import", run, "--mapping", "openai-gsm8k-solutions", environment: environment)
    #expect(traces.status == 0 && traces.output.contains("5,276 traces"))
  }

  @Test func bothListsOfAIMEAgree() throws {
    let all = try Tool.rows(in: try ingest("aime", split: "1983-2024", from: "", as: "all"))
    let golds = Dictionary(
      all.map { ($0["question"] as? String ?? "", $0["gold"] as? String ?? "") },
      uniquingKeysWith: { first, _ in first })
    let titled = try ingest("aime", split: "1983-2024", from: "/aime/title-row", as: "titled")
    for (question, gold) in try Self.golds(titled) { #expect(golds[question] == gold) }
    // Three questions hold line breaks inside their quotes, and one row has two accepted answers.
    #expect(all.count { ($0["question"] as? String ?? "").contains("\n") } == 3)
    #expect(all.count { $0["gold"] as? String == "080 or 081 (both were accepted)" } == 1)
  }

  @Test func answersWithLeadingZerosAndAsNumbersArrive() throws {
    let zeros = try Tool.column("gold", in: try ingest("aime", split: "2024", from: "", as: "a"))
    #expect(zeros.contains("025") && zeros.contains("073"))
    let numbers = try Tool.column("gold", in: try ingest("aime", split: "aimo", from: "", as: "b"))
    #expect(numbers.allSatisfy { Int($0) != nil })
  }

  @Test(arguments: ["gsm8k-500", "gsm8k-500.zstd-dict", "gsm8k-500.plain"])
  func parquetHoldsTheFirstRowsOfTrain(_ name: String) throws {
    _ = try Tool.output(
      "ingest", "gsm8k", "--from", Self.data, "--split", "train", "--limit", "500", "--out",
      folder.path("train"))
    _ = try Tool.output(
      "ingest", "\(Self.data)/derived/\(name).parquet", "--fields",
      "question=question,gold=answer,take=hashes,type=number", "--out", folder.path("parquet"))
    for field in ["question", "gold", "gold_type"] {
      let train = try Tool.column(field, in: folder.path("train"))
      #expect(train.count == 500)
      #expect(train == (try Tool.column(field, in: folder.path("parquet"))))
    }
  }

  @Test func aCSVOfOnesOwnIsReadWhole() throws {
    _ = try Tool.output(
      "ingest", Self.data + "/derived/aime-200.csv", "--fields",
      "question=question,gold=answer,type=number", "--name", "some-aime", "--out",
      folder.path("own"))
    let rows = try Tool.rows(in: folder.path("own"))
    #expect(rows.count == 200 && rows.allSatisfy { $0["dataset"] as? String == "some-aime" })
    let all = try Self.golds(try ingest("aime", split: "1983-2024", from: ""))
    for row in rows {
      let question = row["question"] as? String ?? ""
      #expect(all[question] == row["gold"] as? String)
    }
  }

  @Test func aPointerInPlaceOfDataIsNamed() throws {
    try Tool.expectRefusal(
      [
        "ingest", Self.data + "/math/prm800k/train.jsonl.lfs-pointer", "--fields",
        "question=problem,gold=answer", "--out", folder.path("run"),
      ], saying: ["train.jsonl.lfs-pointer", "git-LFS pointer", "git lfs pull"])
    #expect(!FileManager.default.fileExists(atPath: folder.path("run")))
  }
}
