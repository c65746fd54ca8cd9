import Foundation
import TandemTestSupport
import Testing

/// Looking into parts: what people and other tools see.
@Suite struct ShardCommandTests {
  let folder: WorkFolder
  let run: String

  init() throws {
    folder = try WorkFolder()
    run = folder.path("run")
    let problems = try folder.write(SmallRun.problems(50), to: "problems.jsonl")
    try SmallRun.ingest(problems, into: run, "--parts", "4")
  }

  func part(_ index: Int) -> String { "\(run)/problems/part-0000\(index).jsonl.zst" }

  @Test func aClosedPipeIsNoError() throws {
    // More rows than a pipe holds, so that the writer meets the closed end.
    let many = folder.path("many")
    try SmallRun.ingest(try folder.write(SmallRun.problems(3_000), to: "many.jsonl"), into: many)
    let script = "set -o pipefail; '\(Tool.path)' shard cat '\(many)' | head -n 1"
    let result = try Shell.run(["bash", "-c", script])
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 1)
  }

  @Test func catPrintsPartsStagesAndRuns() throws {
    let whole = try Tool.output("shard", "cat", run)
    #expect(whole == (try Tool.output("shard", "cat", run + "/problems/")))
    #expect(whole == (try (0..<4).map { try Tool.output("shard", "cat", part($0)) }.joined()))
    #expect(try Tool.column("question", in: run) == (0..<50).map(SmallRun.question))
  }

  @Test func headPrintsTheFirstRowsOfEachPart() throws {
    #expect(try Tool.output("shard", "head", run).split(separator: "\n").count == 20)
    let two = try Tool.rows(of: Tool.output("shard", "head", "--rows", "2", part(1)))
    #expect(two.compactMap { $0["question"] as? String } == [13, 14].map(SmallRun.question))
    #expect(try Tool.output("shard", "head", "-r", "0", run).isEmpty)
  }

  @Test func grepFindsAndCounts() throws {
    let hit = try Tool.rows(of: Tool.output("shard", "grep", "holds 17 pears", run))
    #expect(hit.compactMap { $0["question"] as? String } == [SmallRun.question(17)])
    let counts = try Tool.output("shard", "grep", "--count", "pears", run).split(separator: "\n")
    #expect(counts.map { $0.split(separator: " ").last } == ["13", "13", "12", "12"])
    let miss = try Tool.run("shard", "grep", "apples", run)
    #expect(miss.status == 1 && miss.output.isEmpty && miss.errors.isEmpty)
  }

  @Test func grepLooksIntoOneField() throws {
    let golds = try Tool.rows(of: Tool.output("shard", "grep", "--field", "gold", "99", run))
    #expect(golds.compactMap { $0["gold"] as? String } == ["99"])
    #expect(try Tool.run("shard", "grep", "--field", "gold", "pears", run).status == 1)
  }

  @Test func statsAgreeWithZstd() throws {
    let report = try #require(
      try Tool.rows(of: Tool.output("shard", "stats", "--json", run)).first)
    #expect(report["rows"] as? Int == 50)
    let parts = try #require(report["parts"] as? [Tool.Row])
    #expect(parts.compactMap { $0["rows"] as? Int } == [13, 13, 12, 12])
    for (index, entry) in parts.enumerated() {
      let content = try Shell.output("zstd", "-dc", part(index))
      #expect(entry["content_bytes"] as? Int == content.utf8.count)
      let size = try FileManager.default.attributesOfItem(atPath: part(index))[.size] as? Int
      #expect(entry["bytes"] as? Int == size && entry["record"] as? String == "problem")
    }
    let table = try Tool.output("shard", "stats", run).split(separator: "\n")
    #expect(table.count == 7 && table[6].hasPrefix("total") && table[6].contains("50"))
  }

  @Test func jqAndPythonReadParts() throws {
    let script = "zstd -dc '\(part(0))' '\(part(1))' | jq -r .gold"
    let golds = try Shell.run(["bash", "-c", script]).output.split(separator: "\n")
    #expect(golds.map { Int($0) } == (0..<26).map(SmallRun.gold))
  }

  static let pythonReadsZstd =
    (try? Shell.run(["python3", "-c", "import zstandard"]).status) == 0

  @Test(.enabled(if: pythonReadsZstd, "python3 has no module zstandard"))
  func pythonReadsAcrossFrames() throws {
    let many = folder.path("many")
    try SmallRun.ingest(
      try folder.write(SmallRun.problems(9_000), to: "many.jsonl"), into: many, "--parts", "1")
    let path = many + "/problems/part-00000.jsonl.zst"
    let script = """
      import io, sys, zstandard
      with open(sys.argv[1], "rb") as file:
          reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
          print(sum(1 for _ in io.TextIOWrapper(reader, "utf-8")))
      """
    #expect(try Shell.output("python3", "-c", script, path) == "9000\n")
  }

  @Test func readCountsTypedRows() throws {
    let report = try #require(
      try Tool.rows(of: Tool.output("shard", "read", "--json", run)).first)
    #expect(report["rows"] as? Int == 50)
    #expect(report["bytes"] as? Int == (try Tool.output("shard", "cat", run)).utf8.count)
  }

  @Test(arguments: ["cat", "head", "stats", "verify", "read"])
  func whatIsNotThereIsNamed(_ command: String) throws {
    try Tool.expectRefusal(["shard", command, folder.path("empty")], saying: ["empty"])
    let empty = folder.path("run/none")
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
    try Tool.expectRefusal(["shard", command, empty], saying: ["none", "holds no parts"])
  }
}
