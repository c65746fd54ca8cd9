import Foundation
import Glibc
import TandemShards
import TandemTestSupport
import Testing

/// Locks and signals: one process writes a stage, and one that is asked to stop leaves no pieces.
@Suite struct OneWriterTests {
  let folder: WorkFolder
  let run: String

  init() throws {
    folder = try WorkFolder()
    run = folder.path("run")
  }

  @Test func aSecondProcessIsTurnedAway() throws {
    let problems = try folder.write(SmallRun.problems(10), to: "problems.jsonl")
    let lock = try FolderLock(run + "/problems")
    try Tool.expectRefusal(
      ["ingest", problems, "--fields", SmallRun.fields, "--out", run],
      saying: ["run/problems", "is being written by another tandem process"])
    withExtendedLifetime(lock) {}
  }

  @Test func afterItTheStageIsFree() throws {
    let problems = try folder.write(SmallRun.problems(10), to: "problems.jsonl")
    do {
      let lock = try FolderLock(run + "/problems")
      withExtendedLifetime(lock) {}
    }
    #expect(!FileManager.default.fileExists(atPath: run))
    try SmallRun.ingest(problems, into: run)
    #expect(try Tool.rows(in: run).count == 10)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedIngestLeavesNothing(_ number: CInt) throws {
    let source = try folder.write(SmallRun.problems(60_000), to: "problems.jsonl")
    let arguments = ["ingest", source, "--fields", SmallRun.fields, "--out", run]
    let result = try Tool.signal(number, whenAppears: run + "/problems", arguments)
    #expect(result.status == 130 && result.output.isEmpty)
    #expect(
      result.errors
        == "tandem: interrupted: what is finished is kept; the same command continues\n")
    #expect(!FileManager.default.fileExists(atPath: run))
  }

  @Test func anInterruptedImportKeepsWhatWasThere() throws {
    let problems = try folder.write(SmallRun.problems(30), to: "problems.jsonl")
    try SmallRun.ingest(problems, into: run)
    let traces = try folder.write(SmallRun.traces(30), to: "traces.jsonl")
    _ = try Tool.output("import", run, traces)
    let before = try FolderContent(of: run)
    let rows = (0..<30_000).map { number in
      SmallRun.line(["question": SmallRun.question(number % 30), "model": "m", "text": "t"])
    }
    let many = try folder.write(rows.joined(), to: "many.jsonl")
    // The spool is the first thing that the second import writes.
    let spool = run + "/cold/..spool-traces-0.tmp.tmp"
    let result = try Tool.signal(SIGINT, whenAppears: spool, ["import", run, many])
    #expect(result.status == 130, "\(result.errors)")
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
  }
}
