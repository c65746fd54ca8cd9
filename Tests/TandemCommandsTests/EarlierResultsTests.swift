import Foundation
import TandemTestSupport
import Testing

/// A command that fails on its input leaves what was complete before as it was.
@Suite struct EarlierResultsTests {
  let folder: WorkFolder
  let run: String

  init() throws {
    folder = try WorkFolder()
    run = folder.path("run")
    let problems = try folder.write(SmallRun.problems(40), to: "problems.jsonl")
    try SmallRun.ingest(problems, into: run, "--parts", "4")
    let traces = try folder.write(SmallRun.traces(40), to: "traces.jsonl")
    _ = try Tool.output("import", run, traces)
    _ = try Tool.output("grade", run)
  }

  @Test func aFailedIngestKeepsTheProblemsOfAnotherPlan() throws {
    let before = try FolderContent(of: run)
    let cut = try folder.write(String(SmallRun.problems(40).dropLast(9)), to: "cut.jsonl")
    try Tool.expectRefusal(
      ["ingest", cut, "--fields", SmallRun.fields, "--out", run], saying: ["cut.jsonl", "row 40"])
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
    #expect(try Tool.output("shard", "verify", run).contains("sound"))
  }

  @Test func aFailedImportKeepsTheTracesOfAnotherPlan() throws {
    let before = try FolderContent(of: run)
    let cut = try folder.write(String(SmallRun.traces(40).dropLast(9)), to: "cut.jsonl")
    try Tool.expectRefusal(["import", run, cut], saying: ["cut.jsonl", "row 80"])
    let strange = try folder.write(
      #"{"problem_id":"x","model":"m","text":"1"}"# + "\n", to: "strange.jsonl")
    try Tool.expectRefusal(["import", run, strange], saying: ["no trace matches a problem"])
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
  }

  @Test func aFailedGradeKeepsTheGradesOfAnotherPlan() throws {
    try SmallRun.flipByte(of: run + "/cold/part-00000.jsonl.zst")
    let before = try FolderContent(of: run)
    try Tool.expectRefusal(
      ["grade", run, "--lenient", "last-number", "--threads", "1"],
      saying: ["cold/part-00000.jsonl.zst", "frame 0"])
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
  }

  @Test func anotherPlanReplacesThemOnceItSucceeds() throws {
    let fewer = try folder.write(SmallRun.problems(7), to: "fewer.jsonl")
    try SmallRun.ingest(fewer, into: run, "--parts", "2")
    #expect(try Tool.rows(in: run + "/problems").count == 7)
    let names = try FileManager.default.contentsOfDirectory(atPath: run + "/problems")
    #expect(names.count { $0.hasPrefix("part-") } == 2)
    #expect(
      try Tool.output("shard", "verify", run + "/problems").contains("2 parts, 7 rows: sound"))
  }
}
