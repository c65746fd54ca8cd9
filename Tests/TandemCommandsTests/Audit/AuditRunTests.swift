import Foundation
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

/// `tandem audit RUN`, run as a user runs it.
@Suite struct AuditRunTests {
  @Test func everyHintHasARowAndWithheldOnesToo() throws {
    let folder = try WorkFolder()
    let run = try HintedRun.make(in: folder)
    let result = try Tool.run("audit", run, "--json")
    #expect(result.status == 2)
    let rows = try Tool.rows(of: result.output)
    #expect(rows.count == 10)
    #expect(
      rows.prefix(5).map { $0["severity"] as? String } == [
        "none", "literal", "derivable", "literal", "none",
      ])
    #expect(result.errors.contains("10 hints in 3 parts, 3 made, 0 up to date"))
    #expect(
      result.errors.contains("10 hints: literal 4, derivable 2, none 4; 2 students without a hint"))
    let stored = try Tool.rows(in: run + "/audit")
    #expect(stored.map { $0["hint_id"] as? String } == rows.map { $0["id"] as? String })
    #expect(stored.map { $0["severity"] as? String } == rows.map { $0["severity"] as? String })
    #expect(try Tool.output("validate", run).contains("valid"))
    #expect(try Tool.output("shard", "verify", run).contains("sound"))
  }

  @Test func theTableShowsTheWorst() throws {
    let folder = try WorkFolder()
    let run = try HintedRun.make(in: folder)
    let output = try Tool.run("audit", run, "--worst", "1").output
    #expect(output.hasPrefix("10 hints: literal 4, derivable 2, none 4; 2 students without"))
    #expect(output.contains("\nh1: literal\n  The bag and the box hold ["))
    #expect(!output.contains("h3: literal"))
  }

  @Test(arguments: [("literal", Int32(2)), ("none", 0)])
  func statusFollowsTheSeverity(severity: String, status: Int32) throws {
    let folder = try WorkFolder()
    let run = try HintedRun.make(in: folder)
    #expect(try Tool.run("audit", run, "--fail-on", severity).status == status)
    let clean = folder.path("clean")
    let source = try folder.write(SmallRun.problems(4), to: "more.jsonl")
    try SmallRun.ingest(source, into: clean)
    try HintedRun.writeHints(of: clean) { problem, number in
      [HintedRun.hint(problem, number * 6)]
    }
    #expect(try Tool.run("audit", clean, "--fail-on", severity).status == 0)
  }

  @Test func sarifNamesThePartAndTheRow() throws {
    let folder = try WorkFolder()
    let run = try HintedRun.make(in: folder, parts: 1)
    let text = try Tool.run("audit", run, "--sarif").output
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let results = (log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]]
    let places = try #require(results).compactMap { result in
      ((result["locations"] as? [[String: Any]])?.first)?["physicalLocation"] as? [String: Any]
    }
    let files = places.map { ($0["artifactLocation"] as? [String: Any])?["uri"] as? String }
    #expect(Set(files) == [run + "/hints/part-00000.jsonl.zst"])
    // The fifth of every six rows is none, and is a row of the file all the same.
    let lines = places.map { ($0["region"] as? [String: Any])?["startLine"] as? Int }
    #expect(lines == [2, 3, 4, 8, 9, 10])
  }

  @Test func onlyWhatHasChangedIsMadeAgain() throws {
    let folder = try WorkFolder()
    let run = try HintedRun.make(in: folder)
    #expect(try Tool.output("audit", run, "--dry-run").contains("0 parts are up to date, 3 would"))
    _ = try Tool.run("audit", run)
    let before = try FolderContent(of: run)
    #expect(try Tool.run("audit", run).errors.contains("0 made, 3 up to date"))
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
    #expect(try Tool.output("audit", run, "--dry-run").contains("3 parts are up to date, 0 would"))
    try HintedRun.writeHints(of: run) { problem, number in
      var hint = HintedRun.hint(problem, number)
      if number == 0 { hint.text += " The answer is \(problem.gold)." }
      return [hint]
    }
    let again = try Tool.run("audit", run)
    #expect(again.errors.contains("1 made, 2 up to date"))
    #expect(again.output.hasPrefix("10 hints: literal 5"))
  }

  @Test func threadsAndPartsDoNotChangeTheRows() throws {
    let folder = try WorkFolder()
    var outputs: Set<String> = []
    var folders: [FolderContent] = []
    for (parts, threads) in [(1, "1"), (1, "3"), (5, "1"), (5, "3")] {
      let work = try WorkFolder()
      let run = try HintedRun.make(in: work, problems: 700, parts: parts)
      outputs.insert(try Tool.run("audit", run, "--json", "--threads", threads).output)
      folders.append(try FolderContent(of: run + "/audit"))
    }
    #expect(outputs.count == 1)
    #expect(folders[0].differences(from: folders[1]).isEmpty)
    #expect(folders[2].differences(from: folders[3]).isEmpty)
    withExtendedLifetime(folder) {}
  }

  @Test func hintsOfOtherProblemsAreNamed() throws {
    let folder = try WorkFolder()
    let run = try HintedRun.make(in: folder, parts: 1) { problem, number in
      var hint = HintedRun.hint(problem, number)
      if number == 3 { hint.problemID = "another" }
      return [hint]
    }
    try Tool.expectRefusal(["audit", run], saying: ["hints/part-00000", "row 4", "problems/"])
  }

  @Test func aRunWithoutHintsIsNamed() throws {
    let folder = try WorkFolder()
    let source = try folder.write(SmallRun.problems(4), to: "problems.jsonl")
    try SmallRun.ingest(source, into: folder.path("run"))
    try Tool.expectRefusal(["audit", folder.path("run")], saying: ["run/hints"])
  }

  @Test(arguments: [
    [], ["run", "--hints", "x.jsonl"], ["run", "--json", "--sarif"],
    ["--hints", "x.jsonl", "--dry-run"],
  ]) func wrongUsageIsNamed(arguments: [String]) throws {
    let result = try Tool.run(["audit"] + arguments)
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.errors.contains("Give ") || result.errors.contains("needs a run"))
  }
}
