import Foundation
import TandemTestSupport
import Testing

/// A data set of the user's own, described in YAML beside its files.
@Suite struct OwnDescriptorTests {
  let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
  }

  func describe(_ more: String) throws -> String {
    try folder.write(
      """
      title: Sums of pears
      licence: CC0
      homepage: https://example.org
      citation: none
      fields:
        question: question
        gold: gold
        type: number
      splits:
        all:
          forms:
            - paths: [sums.jsonl]
      \(more)
      """, to: "sums.yaml")
  }

  @Test func itsFilesAreFoundBesideIt() throws {
    _ = try folder.write(SmallRun.problems(12), to: "sums.jsonl")
    let descriptor = try describe("        rows: 12")
    let result = try Tool.run("ingest", descriptor, "--out", folder.path("run"), "--json")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let summary = try Tool.rows(of: result.output).first?["summary"] as? Tool.Row
    #expect(summary?["title"] as? String == "Sums of pears")
    let rows = try Tool.rows(in: folder.path("run"))
    #expect(rows.count == 12 && rows.allSatisfy { $0["dataset"] as? String == "sums" })
  }

  @Test func whatIsWrongWithItIsNamedWithItsLine() throws {
    try Tool.expectRefusal(
      ["ingest", try describe("        sha265: none"), "--out", folder.path("run")],
      saying: ["sums.yaml: line 13", "sha265", "sha256"])
    try Tool.expectRefusal(
      ["ingest", try describe("        rows: 12"), "--out", folder.path("run")],
      saying: ["none of the files of sums all", "sums.jsonl"])
    #expect(!FileManager.default.fileExists(atPath: folder.path("run")))
  }
}
