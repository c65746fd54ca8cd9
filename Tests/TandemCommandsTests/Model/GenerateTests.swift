import Foundation
import TandemTestSupport
import Testing

/// `tandem generate`, as a user runs it, with a tiny model.
@Suite struct GenerateTests {
  private let model: ModelFolder
  private let command: [String]

  init() throws {
    model = try ModelFolder()
    command = ["generate", "--model", model.path, "--max-tokens", "30", "ab b"]
  }

  private func json(_ arguments: String...) throws -> [Tool.Row] {
    try Tool.rows(of: try Tool.output(command + ["--json"] + arguments))
  }

  /// A seed with a long answer, and the answer.
  private func longAnswer() throws -> (seed: String, text: String) {
    let rows = try json("--samples", "40", "--temperature", "1.2")
    let row = try #require(rows.first { ($0["text"] as? String ?? "").count >= 8 })
    return ("\(try #require(row["seed"] as? Int))", try #require(row["text"] as? String))
  }

  @Test func theSameCommandGivesTheSameText() throws {
    let (seed, text) = try longAnswer()
    let again = command + ["--temperature", "1.2", "--seed", seed]
    #expect(try Tool.output(again) == text + "\n")
    #expect(try Tool.output(again + ["--threads", "1"]) == text + "\n")
    #expect(try Tool.output(again + ["--threads", "2"]) == text + "\n")
  }

  @Test func samplesAreThoseOfTheirSeeds() throws {
    let rows = try json("--samples", "5", "--seed", "7")
    #expect(rows.map { $0["sample"] as? Int } == [0, 1, 2, 3, 4])
    for row in rows {
      let ids = try #require(row["token_ids"] as? [Int])
      #expect((row["raw_logprobs_e4"] as? [Int])?.count == ids.count)
      #expect((row["sampling_logprobs_e4"] as? [Int])?.count == ids.count)
      let isStop = row["finish_reason"] as? String == "stop"
      #expect(isStop == (ids.last == 5) && (isStop || ids.count == 30))
      let seed = try #require(row["seed"] as? Int)
      let alone = try #require(try json("--seed", "\(seed)").first)
      #expect(alone["token_ids"] as? [Int] == ids)
    }
  }

  @Test func scoresAreTheRawLogprobs() throws {
    let row = try #require(try json("--temperature", "1.2", "--chat", "text").first)
    let ids = try #require(row["token_ids"] as? [Int])
    let file = try model.folder.write(
      #"{"id":"x","token_ids":\#([4, 2, 1] + ids)}"# + "\n", to: "rows.jsonl")
    let scored = try Tool.rows(of: try Tool.output("score", "--model", model.path, file))
    let logprobs = try #require(scored.first?["logprobs"] as? [Double]).dropFirst(2)
    #expect(logprobs.map { Int(($0 * 10_000).rounded()) } == row["raw_logprobs_e4"] as? [Int])
  }

  @Test func idsNeedNoTokenizer() throws {
    try FileManager.default.removeItem(atPath: model.folder.path("tokenizer.json"))
    let output = try Tool.output(
      "generate", "--model", model.path, "--ids", "--max-tokens", "6", "--temperature", "0",
      "4, 2 1")
    let ids = output.split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
    #expect(!ids.isEmpty && ids.count <= 6 && ids.allSatisfy { 0..<8 ~= $0 })
  }

  @Test func stopStringsEndTheText() throws {
    let (seed, text) = try longAnswer()
    let again = [
      "--temperature", "1.2", "--seed", seed, "--stop", String(text.dropFirst(4).prefix(2)),
    ]
    let row = try #require(try Tool.rows(of: try Tool.output(command + ["--json"] + again)).first)
    let before = try #require(row["text"] as? String)
    #expect(text.hasPrefix(before + again[5]))
    #expect(row["finish_reason"] as? String == "stop_string")
    #expect(try Tool.output(command + again) == before + "\n")
  }

  @Test func errorsAreOneLine() throws {
    try Tool.expectRefusal(
      ["generate", "--model", model.path + "/none", "x"], saying: ["none", "does not exist"])
    try Tool.expectRefusal(
      ["generate", "--model", model.path, "--ids", "9"], saying: ["id 9", "8 ids"])
    try Tool.expectRefusal(
      ["generate", "--model", model.path, "--chat", "text", ""], saying: ["empty prompt"])
    try Tool.expectRefusal(
      ["generate", "--model", model.path, "--temperature=-1", "ab"], saying: ["temperature"])
    try Tool.expectRefusal(
      ["generate", "--model", model.path, "--adapter", model.path, "ab"],
      saying: ["adapter_config.json", "cannot open"])
    _ = try model.folder.write(Data([1, 2, 3]), to: "model.safetensors")
    try Tool.expectRefusal(
      ["generate", "--model", model.path, "ab"], saying: ["model.safetensors", "cut short"])
    for usage in [["--samples", "2"], ["--merge"], ["--max-tokens", "0"], ["--chat", "other"]] {
      #expect(try Tool.run(command + usage).status == 64, "\(usage)")
    }
  }
}
