import Foundation
import TandemTestSupport
import TandemTokenizer
import Testing

/// Examples of the published solutions, with the built tool.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct PackTests {
  private static let team = ["--models", "6b_verification,175b_finetuning"]
  private static let tokenizer = MainJobTests.data + "/tokenizers/qwen2"
  private static let models = ["6b_verification", "175b_finetuning"]

  @Test func advantagesOfTheRewardsArriveWithTheirTokens() throws {
    let folder = try WorkFolder()
    let run = try PublishedRun.copy(into: folder)
    _ = try Tool.run(["reward", run, "--group", "problem"] + Self.team)
    let result = try Tool.run(
      "pack", run, "--tokenizer", Self.tokenizer, "--chat", "qwen2.5", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let summary = try MainJobTests.json(result.output)
    let rewards = try Tool.rows(in: run + "/rewards")
    let traces = try Self.byID(Tool.rows(in: run + "/cold"), "id")
    let problems = try Self.byID(Tool.rows(in: run + "/problems"), "id")
    let tokenizer = try Tokenizer(file: Self.tokenizer)
    for model in Self.models {
      let expected = rewards.filter {
        $0["model"] as? String == model && $0["advantage"] as? Double != 0
      }
      // 209 problems that only one solves and 152 that only the other does, each with both models.
      #expect(expected.count == 361)
      let rows = try Tool.rows(in: "\(run)/examples/\(model)")
      #expect(rows.map(Self.trace) == expected.map(Self.trace))
      var tokens = 0
      for (index, (row, reward)) in zip(rows, expected).enumerated() {
        #expect(row["advantage"] as? Double == reward["advantage"] as? Double)
        tokens += Self.ids(row, "completion_ids").count
        // Decoding all would take half of the test's time.
        guard index % 4 == 0 else { continue }
        let trace = try #require(traces[Self.trace(row)])
        let problem = try #require(problems[reward["problem_id"] as? String ?? ""])
        #expect(
          tokenizer.decode(Self.ids(row, "completion_ids"))
            == (trace["text"] as? String ?? "") + "<|im_end|>")
        let prompt = tokenizer.decode(Self.ids(row, "prompt_ids"))
        #expect(prompt.hasPrefix("<|im_start|>system\nYou are Qwen"))
        #expect(prompt.contains("<|im_start|>user\n" + (problem["question"] as? String ?? "?")))
        #expect(prompt.hasSuffix("<|im_start|>assistant\n"))
      }
      let counts = try #require(summary[model] as? [String: Any])
      #expect(counts["completion_tokens"] as? Int == tokens)
      #expect(counts["positive"] as? Int == (model == "6b_verification" ? 209 : 152))
      #expect(counts["omitted"] as? [String: Int] == ["all_correct": 306, "all_wrong": 652])
      #expect((counts["bytes_per_token"] as? Double ?? 9) < 1.5)
    }
    #expect(try Tool.output("validate", run).contains("valid"))
    #expect(try Tool.output("shard", "verify", run).contains("sound"))
    let again = try Tool.output(
      "pack", run, "--tokenizer", Self.tokenizer, "--chat", "qwen2.5", "--dry-run")
    #expect(again.contains("examples/175b_finetuning: 6 parts are up to date, 0 would be made"))
  }

  @Test func withoutAnExampleTheReasonsAreNamed() throws {
    let folder = try WorkFolder()
    let run = try PublishedRun.copy(into: folder)
    _ = try Tool.run(["reward", run] + Self.team)
    let pack = ["pack", run, "--tokenizer", Self.tokenizer]
    try Tool.expectRefusal(
      pack + ["--model", "6b_verification"],
      saying: [
        "\(run)/examples: no example for 6b_verification: 1,319 alone in their group",
        "`tandem reward \(run) --group problem`", "`tandem pack \(run) --for sft`",
      ])
    try Tool.expectRefusal(pack, saying: ["for 6b_verification", "175b_finetuning: 1,319 alone"])
    try Tool.expectRefusal(pack + ["--model", "6b"], saying: ["has no model `6b`"])
  }

  @Test func correctTracesForImitation() throws {
    let folder = try WorkFolder()
    let run = try PublishedRun.copy(into: folder)
    let pack = ["pack", run, "--for", "sft", "--model"]
    let text = try Tool.output(pack + ["175b_verification", "--tokenizer", Self.tokenizer])
    let grades = try Tool.rows(in: run + "/grades").filter {
      $0["model"] as? String == "175b_verification" && $0["verdict"] as? String == "correct"
    }
    let rows = try Tool.rows(in: run + "/examples/175b_verification")
    #expect(rows.map(Self.trace) == grades.map(Self.trace) && rows.count == 742)
    #expect(rows.allSatisfy { $0["advantage"] as? Double == 1 && $0["weight"] as? Double == 1 })
    #expect(text.contains("left out: not correct") && text.contains("577"))
    #expect(text.contains("note: 742 traces do not say why they ended"))
    #expect(!FileManager.default.fileExists(atPath: run + "/rewards"))
    try Tool.expectRefusal(
      pack + ["6b_finetuning"], saying: ["/cold: has traces of `6b_finetuning`", "--tokenizer"])
    // As people read it.
    let lines = try Shell.output(
      "sh", "-c",
      "zstd -dc '\(run)/examples/175b_verification/'part-*.zst | jq -c '[.weight, (.completion_ids | length > 0)]' | sort -u"
    )
    #expect(lines == "[1,true]\n")
  }

  @Test func wrongUsageIsNamed() throws {
    for (arguments, word) in [
      (["--distil-hints", "1.5"], "0 to 1"), (["--max-per-problem", "2"], "--for sft"),
      (["--for", "sft", "--keep-zero-advantage"], "--keep-zero-advantage"),
      (["--chat", "qwen3"], "--tokenizer"), (["--model", "a", "--model", "a"], "twice"),
      (["--max-tokens", "0"], "at least 1"), (["--for", "play"], "play"),
      (["--model", "a", "--tokenizer", "x", "--tokenizer", "y"], "twice for all models"),
      (["--model", "a", "--tokenizer", "a=x", "--tokenizer", "a=y"], "twice for a"),
    ] {
      let result = try Tool.run(["pack", "nowhere"] + arguments)
      #expect(result.status == 64 && result.errors.contains(word), "\(arguments)")
    }
    try Tool.expectRefusal(["pack", "nowhere"], saying: ["nowhere/rewards"])
    try Tool.expectRefusal(
      ["pack", "nowhere", "--model", "a", "--tokenizer", "none"],
      saying: ["none", "does not exist"])
  }

  private static func trace(_ row: Tool.Row) -> String { row["trace_id"] as? String ?? "" }

  private static func ids(_ row: Tool.Row, _ name: String) -> [Int32] {
    (row[name] as? [Int] ?? []).map { Int32($0) }
  }

  private static func byID(_ rows: [Tool.Row], _ name: String) -> [String: Tool.Row] {
    Dictionary(rows.map { ($0[name] as? String ?? "", $0) }) { first, _ in first }
  }
}
