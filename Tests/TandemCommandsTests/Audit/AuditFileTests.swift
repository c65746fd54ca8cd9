import Foundation
import TandemTestSupport
import Testing

/// `tandem audit --hints`, run as a user runs it.
struct AuditFileTests {
  static let rows = """
    {"id": "a", "question": "How many are left?", "gold": "9", "hint": "16 - 7 = 9"}
    {"id": "b", "question": "How many are left?", "gold": "9", "hint": "Take seven from 16."}
    {"id": "c", "question": "How many are left?", "gold": "9", "hint": "Compute 16 - 7 🙂."}
    {"id": 4, "question": "Tom has 9 eggs.", "gold": 9, "hint": "Tom has nine eggs."}
    {"id": "e", "question": "Which?", "gold": "B", "choices": ["12", "15"], "hint": "🙂 It is fifteen."}

    """

  private static func file(_ folder: WorkFolder) throws -> String {
    try folder.write(rows, to: "hints.jsonl")
  }

  @Test func rowsHaveSeveritiesAndSpans() throws {
    let folder = try WorkFolder()
    let result = try Tool.run("audit", "--hints", Self.file(folder), "--json")
    #expect(result.status == 2)
    let rows = try Tool.rows(of: result.output)
    #expect(
      rows.map { $0["severity"] as? String }
        == ["literal", "none", "derivable", "given", "equivalent"])
    #expect(rows[3]["id"] as? Int == 4)
    let last = try #require((rows[4]["findings"] as? [[String: Any]])?.first)
    // The smiley is one code point.
    #expect(last["start"] as? Int == 8 && last["end"] as? Int == 15)
    #expect(last["text"] as? String == "fifteen")
  }

  @Test(arguments: [
    ("literal", Int32(2)), ("equivalent", 2), ("derivable", 2), ("given", 2), ("none", 0),
  ]) func statusFollowsTheSeverity(severity: String, status: Int32) throws {
    let folder = try WorkFolder()
    let result = try Tool.run("audit", "--hints", Self.file(folder), "--fail-on", severity)
    #expect(result.status == status)
  }

  @Test func aMilderHintDoesNotFail() throws {
    let folder = try WorkFolder()
    let hints = try folder.write(
      #"{"id": 1, "gold": "9", "hint": "Compute 16 - 7."}"# + "\n", to: "hints.jsonl")
    #expect(try Tool.run("audit", "--hints", hints).status == 0)
    #expect(try Tool.run("audit", "--hints", hints, "--fail-on", "derivable").status == 2)
  }

  @Test func theTableMarksTheWorst() throws {
    let folder = try WorkFolder()
    let output = try Tool.run("audit", "--hints", Self.file(folder)).output
    #expect(
      output.hasPrefix("5 hints: literal 1, equivalent 1, derivable 1, given 1, none 1\n"))
    #expect(output.contains("a: literal\n  [16 - 7 derivable:arithmetic] = [9 literal:token]"))
    #expect(!output.contains("\u{1B}"))
  }

  @Test func fieldsAreNamed() throws {
    let folder = try WorkFolder()
    let hints = try folder.write(
      #"{"k": 1, "doc": {"answer": "9"}, "m": [{"text": "It is nine."}]}"# + "\n", to: "x.jsonl")
    let result = try Tool.run(
      "audit", "--hints", hints, "--id-field", "k", "--gold-field", "doc.answer", "--hint-field",
      "m[0].text", "--json")
    #expect(result.output.contains(#""id":1,"severity":"equivalent""#))
  }

  @Test func csvIsRead() throws {
    let folder = try WorkFolder()
    let hints = try folder.write("id,gold,hint\n1,9,It is 9\n", to: "hints.csv")
    #expect(try Tool.run("audit", "--hints", hints, "--json").output.contains("literal"))
  }

  @Test func threadsDoNotChangeTheOutput() throws {
    let folder = try WorkFolder()
    let text = (0..<500).map { index in
      #"{"id": \#(index), "gold": "\#(index % 7)", "hint": "\#(index % 5) + 1 = \#(index % 3)"}"#
    }
    let hints = try folder.write(text.joined(separator: "\n"), to: "hints.jsonl")
    let one = try Tool.run("audit", "--hints", hints, "--json", "--threads", "1").output
    #expect(one == (try Tool.run("audit", "--hints", hints, "--json", "--threads", "3").output))
    #expect(one.split(separator: "\n").count == 500)
  }

  @Test func sarifHasAResultForEveryFinding() throws {
    let folder = try WorkFolder()
    let result = try Tool.run("audit", "--hints", Self.file(folder), "--sarif")
    #expect(result.status == 2)
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(
      results.map { $0["ruleId"] as? String ?? "" } == [
        "derivable", "literal", "derivable", "given", "equivalent",
      ])
  }

  @Test func aRowWithoutGoldIsNamed() throws {
    let folder = try WorkFolder()
    let hints = try folder.write(#"{"hint": "secret 9"}"# + "\n", to: "hints.jsonl")
    try Tool.expectRefusal(
      ["audit", "--hints", hints], saying: ["hints.jsonl", "gold", "--gold-field"])
  }
}
