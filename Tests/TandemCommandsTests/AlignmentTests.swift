import Foundation
import TandemJSON
import TandemRecords
import TandemTestSupport
import Testing

/// Stages read their inputs side by side: what does not fit is named, what changed is made again.
@Suite struct AlignmentTests {
  let folder: WorkFolder
  let run: String
  let cold: String

  init() throws {
    folder = try WorkFolder()
    run = folder.path("run")
    cold = run + "/cold/part-00001.jsonl.zst"
    try ingest(40, parts: "4")
    let traces = try folder.write(SmallRun.traces(40), to: "traces.jsonl")
    _ = try Tool.output("import", run, traces)
  }

  func ingest(_ count: Int, parts: String) throws {
    let problems = try folder.write(SmallRun.problems(count), to: "problems.jsonl")
    try SmallRun.ingest(problems, into: run, "--parts", parts)
  }

  static let beside = "problems/part-00001.jsonl.zst"

  @Test func rowsOutOfOrderAreNamed() throws {
    try HandMadePart.rewrite(cold, as: Trace.self) { rows in
      var rows = rows
      // Row 5 comes from the fifth problem: row 6, of the third, then stands behind its place.
      rows.swapAt(4, 8)
      return rows
    }
    try Tool.expectRefusal(["grade", run], saying: [cold, Self.beside, "row 6"])
    let names = try FileManager.default.contentsOfDirectory(atPath: run + "/grades")
    #expect(!names.contains("part-00001.jsonl.zst") && !names.contains("manifest.json"))
    #expect(!names.contains { $0.hasSuffix(".tmp") })
  }

  @Test func rowsOfAnotherPartsProblemsAreNamed() throws {
    try HandMadePart.rewrite(cold, as: Trace.self) { rows in
      var rows = rows
      rows[19]["problem_id"] = "p-of-another-part"
      return rows
    }
    try Tool.expectRefusal(["grade", run], saying: [cold, Self.beside, "row 20"])
  }

  @Test func aRowThatCannotBeReadIsNamed() throws {
    try HandMadePart.rewrite(cold, as: Trace.self) { rows in
      var rows = rows
      rows[6]["text"] = 7
      return rows
    }
    try Tool.expectRefusal(["grade", run], saying: [cold, "row 7", "text"])
  }

  @Test func evalNamesGradesOfOtherTraces() throws {
    _ = try Tool.output("grade", run)
    let grades = run + "/grades/part-00001.jsonl.zst"
    try HandMadePart.rewrite(grades, as: Grade.self) { rows in
      var rows = rows
      rows[3]["trace_id"] = "another"
      return rows
    }
    try Tool.expectRefusal(["eval", run], saying: [grades, cold, "grade again"])
  }

  @Test func aSwappedPartIsNamed() throws {
    let other = run + "/cold/part-00002.jsonl.zst"
    try FileManager.default.removeItem(atPath: cold)
    try FileManager.default.copyItem(atPath: other, toPath: cold)
    try Tool.expectRefusal(["grade", run], saying: [cold, "shard verify"])
  }

  @Test func gradeRefusesTracesOfAnotherDeal() throws {
    try ingest(40, parts: "5")
    try Tool.expectRefusal(
      ["grade", run], saying: ["cold", "4 parts", "5", "make it again"])
    // The same number of parts with other problems in them is found row by row.
    try ingest(36, parts: "4")
    try Tool.expectRefusal(["grade", run], saying: ["cold/part-0000", "problems/part-0000"])
    _ = try Tool.output("import", run, folder.path("traces.jsonl"))
    #expect(try Tool.output("grade", run).contains("right"))
  }

  @Test func onlyPartsWhoseInputsChangedAreMadeAgain() throws {
    _ = try Tool.output("grade", run)
    #expect(try Tool.output("grade", run, "--dry-run").contains("4 parts are up to date, 0 would"))
    let before = try FolderContent(of: run)
    try HandMadePart.rewrite(cold, as: Trace.self) { rows in
      var rows = rows
      rows[4]["text"] = "It is \\boxed{0}."
      return rows
    }
    #expect(try Tool.output("grade", run, "--dry-run").contains("3 parts are up to date, 1 would"))
    let kept = try modified()
    let result = try Tool.run("grade", run)
    #expect(result.errors.contains("1 made, 3 up to date"), "\(result.errors)")
    let now = try modified()
    #expect(now.keys.filter { now[$0] != kept[$0] } == ["part-00001.jsonl.zst"])
    #expect(
      try FolderContent(of: run).differences(from: before).filter { $0.hasPrefix("grades/") }
        == ["grades/manifest.json", "grades/part-00001.jsonl.zst"])
  }

  /// When each part of the grades was written.
  func modified() throws -> [String: Date] {
    let names = try FileManager.default.contentsOfDirectory(atPath: run + "/grades")
    return try Dictionary(
      uniqueKeysWithValues: names.filter { $0.hasPrefix("part-") }.map { name in
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(run)/grades/\(name)")
        return (name, attributes[.modificationDate] as? Date ?? .distantPast)
      })
  }

  @Test func whatIsMissingIsNamed() throws {
    let none = folder.path("none")
    try Tool.expectRefusal(["grade", none], saying: [none, "tandem import"])
    try Tool.expectRefusal(["eval", run], saying: ["grades", "is missing", "run the stage"])
    try Tool.expectRefusal(
      ["import", none, folder.path("traces.jsonl")], saying: ["none/problems", "is missing"])
    #expect(!FileManager.default.fileExists(atPath: none))
    try FileManager.default.removeItem(atPath: run + "/cold/manifest.json")
    try Tool.expectRefusal(["grade", run], saying: ["cold", "is not finished"])
  }
}
