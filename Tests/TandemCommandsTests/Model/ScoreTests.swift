import Foundation
import TandemTestSupport
import Testing

/// `tandem score`, as a user runs it, with a tiny model.
@Suite struct ScoreTests {
  private let model: ModelFolder

  init() throws {
    model = try ModelFolder()
  }

  private func score(_ rows: String, _ arguments: String...) throws -> [Tool.Row] {
    let file = try model.folder.write(rows, to: "rows.jsonl")
    return try Tool.rows(
      of: try Tool.output(["score", "--model", model.path, file] + arguments))
  }

  @Test func textAndIdsGiveTheSame() throws {
    let rows = try score(
      """
      {"id": 1, "prompt": "ab ", "completion": "ba</s>"}

      {"id": "two", "token_ids": [4, 2, 1, 0, 5], "other": 3}
      """, "--threads", "1")
    #expect(rows.count == 2 && rows[0]["id"] as? Int == 1 && rows[1]["id"] as? String == "two")
    let all = try #require(rows[1]["logprobs"] as? [Double])
    #expect(all.count == 4 && all.allSatisfy { $0 < 0 })
    #expect(rows[0]["logprobs"] as? [Double] == Array(all.dropFirst()))
  }

  @Test func probabilitiesOfEveryIdSumToOne() throws {
    let rows = try score((0..<8).map { #"{"id": 0, "token_ids": [4, 2, \#($0)]}"# + "\n" }.joined())
    let mass = rows.compactMap { ($0["logprobs"] as? [Double])?.last }.map { exp($0) }
    #expect(mass.count == 8 && abs(mass.reduce(0, +) - 1) < 1e-4)
  }

  @Test(arguments: [
    (#"{"id": 1}"#, "row 1: has neither"), ("{", "row 1: malformed"), ("[]", "row 1: malformed"),
    (#"{"token_ids": [1, 2]}"#, "row 1: `id` is missing"),
    ("\n" + #"{"id": 1, "token_ids": []}"#, "row 2: `token_ids`"),
    (#"{"id": 1, "token_ids": [1, "2"]}"#, "row 1: `token_ids`"),
    (#"{"id": 1, "token_ids": [1, 8]}"#, "row 1: the text has the id 8"),
    (#"{"id": 1, "prompt": "", "completion": "a"}"#, "row 1: `prompt` is empty"),
  ])
  func refuses(_ rows: String, _ words: String) throws {
    let file = try model.folder.write(rows, to: "rows.jsonl")
    try Tool.expectRefusal(["score", "--model", model.path, file], saying: [words, "rows.jsonl"])
  }
}
