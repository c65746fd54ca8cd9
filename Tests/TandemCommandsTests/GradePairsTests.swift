import Foundation
import TandemTestSupport
import Testing

/// `tandem grade --pairs`, as a user runs it.
@Suite struct GradePairsTests {
  private static let rows = #"""
    {"id": "a", "gold": "7", "answer": "7.0"}
    {"id": "b", "answer": "7"}
    {"id": 3, "gold": "7"}
    {"gold": "7", "trace": "so \\boxed{8}", "gold_type": "figure"}
    {"id": "e", "gold": 7, "trace": "so \\boxed{8}"}

    """#

  @Test func aRowThatCannotBeGradedStops() throws {
    let folder = try WorkFolder()
    let path = try folder.write(Self.rows, to: "pairs.jsonl")
    let result = try Tool.run("grade", "--pairs", path)
    #expect(result.status == 1)
    #expect(result.errors.contains("pairs.jsonl: row 2: has no `gold`"))
  }

  @Test func skippedRowsKeepTheirPlace() throws {
    let folder = try WorkFolder()
    let path = try folder.write(Self.rows, to: "pairs.jsonl")
    let result = try Tool.run("grade", "--pairs", path, "--on-error", "skip")
    #expect(result.status == 0, "\(result.errors)")
    let rows = try Tool.rows(of: result.output)
    #expect(rows.map { $0["verdict"] as? String } == ["correct", nil, nil, nil, "incorrect"])
    #expect(rows.map { $0["row"] as? Int } == [nil, 2, 3, 4, nil])
    let errors = rows.map { $0["error"] as? String ?? "" }
    #expect(errors[1].hasPrefix("has no `gold`") && errors[2].contains("neither `trace` nor"))
    #expect(errors[3].hasPrefix("`gold_type` is none of"))
    #expect(rows[1]["id"] as? String == "b" && rows[2]["id"] as? Int == 3 && rows[3]["id"] == nil)
    #expect(result.errors == "grade: correct 1, incorrect 1, skipped 3\n")
  }

  @Test func theOptionBelongsToPairs() throws {
    let result = try Tool.run("grade", "run", "--on-error", "skip")
    #expect(result.status == 64 && result.errors.contains("--on-error goes with --pairs"))
  }
}
