import Foundation
import TandemJSON
import TandemRecords
import TandemTestSupport
import Testing

/// `validate` holds every row against its schema and names file, row and field.
@Suite struct ValidateCommandTests {
  let folder: WorkFolder
  let part: String

  init() throws {
    folder = try WorkFolder()
    part = folder.path("part-00000.jsonl.zst")
  }

  static func grade(_ index: Int) -> JSONObject {
    var object = JSONObject()
    object["trace_id"] = .string("t\(index)")
    object["problem_id"] = "p"
    object["model"] = "m"
    object["round"] = "cold"
    object["sample"] = .number(index)
    object["verdict"] = "correct"
    object["extracted"] = "7"
    object["rule"] = "boxed"
    object["grader_version"] = 1
    return object
  }

  func write(_ change: (inout [JSONObject]) -> Void) throws {
    var rows = (0..<4).map(Self.grade)
    change(&rows)
    try HandMadePart.write(rows, as: Grade.self, to: part)
  }

  @Test func aRunIsValid() throws {
    let run = folder.path("run")
    let problems = try folder.write(SmallRun.problems(10), to: "problems.jsonl")
    try SmallRun.ingest(problems, into: run, "--parts", "2")
    _ = try Tool.output("import", run, try folder.write(SmallRun.traces(10), to: "traces.jsonl"))
    _ = try Tool.output("grade", run)
    // Two parts, a manifest and a plan for each of three stages.
    #expect(try Tool.output("validate", run) == "12 files, 56 rows: valid\n")
    let manifest = run + "/grades/manifest.json"
    #expect(try Tool.output("validate", manifest) == "1 file, 1 row: valid\n")
    try "{\"stage\":\"grade\"}\n".write(toFile: manifest, atomically: true, encoding: .utf8)
    let result = try Tool.run("validate", run)
    #expect(result.status == 2 && result.output.contains("\(manifest): "))
  }

  @Test func unknownMembersAreAllowed() throws {
    try write { $0[2]["note"] = "kept on the way through" }
    #expect(try Tool.output("validate", part) == "1 file, 4 rows: valid\n")
  }

  @Test func aMissingMemberIsNamed() throws {
    try write { $0[2]["verdict"] = nil }
    let result = try Tool.run("validate", part)
    #expect(result.status == 2 && result.errors.isEmpty)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2 && lines.last == "1 file, 4 rows: 1 violation")
    #expect(lines[0].hasPrefix("\(part): row 3: ") && lines[0].contains("verdict"))
  }

  @Test func wrongMembersAreNamedWithoutTheirText() throws {
    try write {
      $0[0]["sample"] = "SECRET"
      $0[3]["verdict"] = "SECRET"
    }
    let result = try Tool.run("validate", part)
    let lines = result.output.split(separator: "\n")
    #expect(result.status == 2 && lines.count == 3)
    #expect(lines[0].hasPrefix("\(part): row 1: /sample "))
    #expect(lines[1].hasPrefix("\(part): row 4: /verdict "))
    #expect(!result.output.contains("SECRET"))
    let json = try Tool.run("validate", "--json", part)
    let report = try #require(try Tool.rows(of: json.output).first)
    #expect(json.status == 2 && report["rows"] as? Int == 4)
    #expect(report["violations"] as? [String] == lines.prefix(2).map { String($0) })
  }

  @Test func theLimitEndsAFileEarly() throws {
    try write { rows in for index in rows.indices { rows[index]["rule"] = nil } }
    let lines = try Tool.run("validate", "--limit", "2", part).output.split(separator: "\n")
    #expect(lines.count == 3 && lines.last == "1 file, 4 rows: 2 violations")
  }

  @Test func whatIsNoPartIsAnError() throws {
    try Tool.expectRefusal(["validate", folder.path("none")], saying: ["none", "is not there"])
    let text = try folder.write("{}\n", to: "rows.jsonl")
    try Tool.expectRefusal(["validate", text], saying: ["rows.jsonl", "no tandem shard"])
  }
}
