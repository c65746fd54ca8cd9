import Foundation
import TandemTestSupport
import Testing

/// A mistake on the command line is one line that names what was meant.
@Suite struct WrongUsageTests {
  let folder: WorkFolder
  let run: String
  let problems: String

  init() throws {
    folder = try WorkFolder()
    run = folder.path("run")
    problems = try folder.write(SmallRun.problems(8), to: "problems.jsonl")
  }

  @Test(arguments: [
    (["gsmk8"], "gsm8k"), (["Math"], "math"), (["gqpa"], "gpqa"),
    (["gsm8k", "--split", "tset"], "test"), (["aime", "--split", "2042"], "2024"),
  ]) func aMisspeltDataSetOrSplitNamesTheNearest(_ words: [String], _ nearest: String) throws {
    try Tool.expectRefusal(
      ["ingest"] + words + ["--from", folder.path, "--out", run],
      saying: ["did you mean `\(nearest)`?", words.last ?? ""])
  }

  @Test func aMisspeltFieldOrKeyNamesTheNearest() throws {
    let arguments = ["ingest", problems, "--out", run, "--fields"]
    try Tool.expectRefusal(
      arguments + ["question=qestion,gold=gold"],
      saying: ["problems.jsonl: row 1", "`qestion`", "did you mean `question`?"])
    try Tool.expectRefusal(
      arguments + ["qestion=question,gold=gold"],
      saying: ["--fields", "`qestion`", "did you mean `question`?"])
    try Tool.expectRefusal(arguments + ["question"], saying: ["--fields", "is not KEY=FIELD"])
    try Tool.expectRefusal(arguments + ["question=question"], saying: ["`gold`"])
    try Tool.expectRefusal(
      arguments + ["question=question,gold=gold,take=boxed"], saying: ["`take`", "last-boxed"])
    try Tool.expectRefusal(
      ["ingest", "gsm8k", "--from", folder.path, "--out", run, "--fields", "question=q,gold=g"],
      saying: ["gsm8k", "--fields"])
    try Tool.expectRefusal(["ingest", problems, "--out", run], saying: ["needs --fields"])
    #expect(!FileManager.default.fileExists(atPath: run))
  }

  @Test func aMissingFileIsNamed() throws {
    for path in [folder.path("none.jsonl"), "none.csv"] {
      try Tool.expectRefusal(
        ["ingest", path, "--fields", SmallRun.fields, "--out", run], saying: [path, "is not there"])
    }
    try Tool.expectRefusal(
      ["ingest", "gsm8k", "--from", folder.path, "--split", "test", "--out", run],
      saying: [folder.path, "none of the files of gsm8k test", "test.jsonl"])
    try Tool.expectRefusal(
      ["ingest", "gsm8k", "--from", folder.path("none"), "--out", run], saying: ["none", "no such"])
    #expect(!FileManager.default.fileExists(atPath: run))
  }

  @Test func aMisspeltMappingOrModelNamesTheNearest() throws {
    try SmallRun.ingest(problems, into: run)
    let traces = try folder.write(SmallRun.traces(8), to: "traces.jsonl")
    try Tool.expectRefusal(
      ["import", run, traces, "--mapping", "genric"],
      saying: ["`generic`?", "lm-eval", "openai-batch", "trl"])
    try Tool.expectRefusal(
      ["import", run, traces, "--mapping", "none.yaml"], saying: ["none.yaml", "No such file"])
    let mapping = try folder.write("about: none\ntxt: text\n", to: "bad.yaml")
    try Tool.expectRefusal(
      ["import", run, traces, "--mapping", mapping], saying: ["bad.yaml", "`txt`"])
    _ = try Tool.output("import", run, traces)
    _ = try Tool.output("grade", run)
    try Tool.expectRefusal(
      ["eval", run, "--models", "rihgt,even"], saying: ["`rihgt`", "did you mean `right`?", "even"])
    try Tool.expectRefusal(
      ["eval", run, "--models", "even,none"], saying: ["`none`", "it has even, right"])
  }

  @Test func anUnknownProtectedSetIsNamed() throws {
    let arguments = ["ingest", problems, "--fields", SmallRun.fields, "--out", run]
    try Tool.expectRefusal(
      arguments + ["--decontaminate", "nowhere"], saying: ["nowhere", "NAME:SPLIT"])
    try Tool.expectRefusal(
      arguments + ["--decontaminate", "mth:test"], saying: ["mth", "did you mean `math`?"])
    try Tool.expectRefusal(
      arguments + ["--decontaminate", "math:tst"], saying: ["tst", "did you mean `test`?"])
  }

  static let usage: [[String]] = [
    ["ingest"], ["ingest", "gsm8k"], ["ingest", "gsm8k", "--out"],
    ["ingest", "gsm8k", "--out", "r", "--sampel", "3"],
    ["ingest", "gsm8k", "--out", "r", "--duplicates", "neer"],
    ["ingest", "gsm8k", "--out", "r", "--format", "josn"],
    ["ingest", "gsm8k", "--out", "r", "--on-error", "ignore"],
    ["import"], ["grade"], ["grade", "run", "--gold", "1"], ["grade", "--gold", "1"],
    ["grade", "run", "--round", "warm"], ["grade", "run", "--lenient", "first"],
    ["eval"], ["eval", "run", "--models", ""], ["eval", "run", "--models", "a,a"],
    ["eval", "run", "--resamples", "0"], ["eval", "run", "--threads", "two"],
    ["shard", "cat"], ["shard", "ctat", "run"], ["shard", "head", "--rows", "-1", "run"],
    ["validate"], ["validate", "--limit", "0", "run"], ["grde", "run"],
  ]

  @Test(arguments: usage) func wrongUsageHasItsOwnStatus(_ arguments: [String]) throws {
    let result = try Tool.run(arguments, folder: folder.path)
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.errors.hasPrefix("Error: ") && result.errors.contains("Usage: tandem"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["problems.jsonl"])
  }

  @Test func aMisspeltOptionNamesTheNearest() throws {
    let result = try Tool.run("ingest", "gsm8k", "--out", "r", "--sampel", "3")
    #expect(result.errors.contains("Did you mean '--sample'?"))
  }
}
