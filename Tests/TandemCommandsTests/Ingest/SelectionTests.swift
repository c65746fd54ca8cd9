import Foundation
import TandemTestSupport
import Testing

/// Which problems `ingest` takes, and how it deals them.
@Suite struct SelectionTests {
  let folder: WorkFolder
  let source: String

  init() throws {
    folder = try WorkFolder()
    source = try folder.write(SmallRun.problems(300), to: "problems.jsonl")
  }

  func content(_ run: String, _ arguments: String...) throws -> FolderContent {
    _ = try Tool.output(
      ["ingest", source, "--fields", SmallRun.fields, "--out", folder.path(run)] + arguments)
    return try FolderContent(of: folder.path(run))
  }

  func questions(_ run: String) throws -> [String] {
    try Tool.column("question", in: folder.path(run))
  }

  @Test func limitTakesTheFirst() throws {
    _ = try content("run", "--limit", "17")
    #expect(try questions("run") == (0..<17).map(SmallRun.question))
  }

  @Test(arguments: ["1", "7", "16", "300"]) func partsShareTheRowsEvenly(_ parts: String) throws {
    _ = try content("run", "--parts", parts)
    #expect(try questions("run") == (0..<300).map(SmallRun.question))
    let stats = try #require(
      try Tool.rows(of: Tool.output("shard", "stats", folder.path("run"), "--json")).first)
    let sizes = (stats["parts"] as? [Tool.Row] ?? []).compactMap { $0["rows"] as? Int }
    #expect(sizes.count == Int(parts) && sizes.reduce(0, +) == 300)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test func aSampleKeepsTheOrderAndFollowsTheSeed() throws {
    let first = try content("first", "--sample", "50", "--seed", "3")
    let again = try content("again", "--sample", "50", "--seed", "3", "--threads", "1")
    #expect(first.differences(from: again).isEmpty)
    _ = try content("other", "--sample", "50", "--seed", "4")
    let (sample, other) = (try questions("first"), try questions("other"))
    let all = (0..<300).map(SmallRun.question)
    #expect(sample.count == 50 && other.count == 50 && sample != other)
    #expect(sample == all.filter(Set(sample).contains))
    // How the sample is dealt does not change it.
    _ = try content("dealt", "--sample", "50", "--seed", "3", "--parts", "16")
    #expect(try questions("dealt") == sample)
  }

  @Test func aStratifiedSampleKeepsTheShares() throws {
    _ = try content("run", "--sample", "60", "--stratify", "level")
    let levels = try Tool.column("level", in: folder.path("run"))
    #expect(levels.count { $0 == "1" } == 20 && levels.count { $0 == "2" } == 40)
  }

  @Test func aSampleBeyondTheSourceIsAllOfIt() throws {
    _ = try content("run", "--sample", "1000")
    #expect(try questions("run") == (0..<300).map(SmallRun.question))
  }

  @Test func levelsAndThreadsKeepTheRows() throws {
    let one = try content("one", "--threads", "1")
    #expect(one.differences(from: try content("two", "--threads", "2")).isEmpty)
    let small = try content("small", "--level", "19")
    #expect(try questions("small") == (try questions("one")))
    #expect(!small.differences(from: one).isEmpty)
  }

  @Test func whatIsUpToDateIsKept() throws {
    let first = try content("run")
    let again = try Tool.run(
      "ingest", source, "--fields", SmallRun.fields, "--out", folder.path("run"))
    #expect(again.status == 0 && again.errors.contains("is up to date"))
    #expect(try FolderContent(of: folder.path("run")).differences(from: first).isEmpty)
    let preview = try Tool.output(
      "ingest", source, "--fields", SmallRun.fields, "--limit", "2", "--out", folder.path("run"),
      "--dry-run")
    #expect(preview.contains("would be made from problems.jsonl"))
    #expect(try FolderContent(of: folder.path("run")).differences(from: first).isEmpty)
  }

  @Test(arguments: [
    ["--limit", "0"], ["--sample", "-1"], ["--parts", "0"], ["--parts", "100000"],
    ["--stratify", "level"], ["--similarity", "0"], ["--level", "20"], ["--threads", "0"],
    ["--header-row", "0"],
  ]) func numbersOutOfRangeAreUsageErrors(_ arguments: [String]) throws {
    let result = try Tool.run(
      ["ingest", source, "--fields", SmallRun.fields, "--out", folder.path("run")] + arguments)
    #expect(result.status == 64 && result.output.isEmpty && result.errors.contains(arguments[0]))
    #expect(!FileManager.default.fileExists(atPath: folder.path("run")))
  }
}
