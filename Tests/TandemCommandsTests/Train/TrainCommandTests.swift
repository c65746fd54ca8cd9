import Foundation
import TandemTestSupport
import Testing

/// `tandem train` and `tandem model` as a user runs them, on a model that the first of them makes.
struct TrainCommandTests {
  private let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
    _ = try folder.write(
      """
      {"model_type":"llama","architectures":["LlamaForCausalLM"],"vocab_size":40,"hidden_size":16,\
      "intermediate_size":24,"num_hidden_layers":2,"num_attention_heads":2,\
      "num_key_value_heads":1,"rms_norm_eps":1e-6,"max_position_embeddings":64,\
      "tie_word_embeddings":true,"torch_dtype":"bfloat16"}
      """, to: "config/config.json")
    _ = try folder.write(Self.examples, to: "examples.jsonl")
  }

  /// Twelve examples of four problems.
  private static let examples = (0..<12).map { index in
    let completion = (0..<5 + index % 3).map { String(($0 * 7 + index * 3) % 40) }
    return """
      {"id":"e\(index)","trace_id":"t\(index)","prompt_ids":[1,\(index / 3 + 2)],\
      "completion_ids":[\(completion.joined(separator: ","))],"behaviour_mode":"none",\
      "advantage":\(index % 3 - 1),"weight":1,"round":"cold","group":"g\(index / 3)",\
      "provenance":{"engine":"test"}}
      """
  }.joined(separator: "\n")

  private func arguments(_ objective: String, model: String, out: String, _ more: String...)
    -> [String]
  {
    [
      "train", "--examples", folder.path("examples.jsonl"), "--model", folder.path(model),
      "--out", folder.path(out), "--objective", objective, "--token-budget", "24",
    ] + more
  }

  private func pretrain(_ out: String) -> [String] {
    arguments(
      "pretrain", model: "config", out: out, "--fresh", "--steps", "30", "--save-every", "2",
      "--learning-rate", "0.01")
  }

  @Test func `Killed at any instant, the same command ends with the same bytes`() throws {
    let start = Date()
    _ = try Tool.output(pretrain("calm"))
    let duration = Date().timeIntervalSince(start)
    let expected = try FolderContent(of: folder.path("calm"))
    #expect(
      Set(expected.files.keys) == [
        "README.md", "config.json", "metrics.jsonl", "model.safetensors", "training.json",
      ])
    var kills = 0
    for round in 0..<3 {
      for attempt in 0..<4 {
        // Spread over the run, each a little later than the last.
        let delay = duration * (0.2 + 0.25 * Double(attempt) + 0.07 * Double(round))
        let result = try Tool.kill(
          after: delay, pretrain("killed-\(round)") + ["--threads", "\(1 + attempt % 2)"])
        kills += result.status == 0 ? 0 : 1
      }
      _ = try Tool.output(pretrain("killed-\(round)"))
      let found = try FolderContent(of: folder.path("killed-\(round)"))
      #expect(found.differences(from: expected).isEmpty, "round \(round)")
    }
    #expect(kills > 0)
  }

  @Test func `A model, an adapter on it, and both merged`() throws {
    _ = try Tool.output(pretrain("base"))
    let config = try String(contentsOfFile: folder.path("base/config.json"), encoding: .utf8)
    #expect(config.contains("\"torch_dtype\":\"float32\""))
    let summary = try Tool.output(
      arguments("policy-gradient", model: "base", out: "adapter", "--epochs", "3", "--json"))
    #expect(summary.contains("\"steps\":3,\"up_to_date\":false,\"examples\":12"))
    let again = try Tool.output(
      arguments("policy-gradient", model: "base", out: "adapter", "--epochs", "3"))
    #expect(again.contains("up to date"))
    let merged = try Tool.run(
      "model", "merge", "--model", folder.path("base"), "--adapter", folder.path("adapter"),
      "--out", folder.path("merged"))
    #expect(merged.status == 0)
    #expect(
      try Tool.output("model", "info", folder.path("merged"))
        == Tool.output("model", "info", folder.path("base")))
    let refused = try Tool.run(
      arguments("policy-gradient", model: "base", out: "adapter", "--epochs", "4"))
    #expect(refused.status == 1)
    #expect(refused.errors.contains("epochs was 3 and is now 4; give another --out, or remove it"))
    let onward = try Tool.run(
      arguments(
        "sft", model: "base", out: "onward", "--init-adapter", folder.path("adapter"), "--steps",
        "1"))
    #expect(onward.status == 0, "\(onward.errors)")
  }

  @Test func `Logprobs are compared by engine and mode`() throws {
    _ = try Tool.output(pretrain("base"))
    let text = try Tool.output(
      arguments("policy-gradient", model: "base", out: "unused", "--check"))
    #expect(text.contains("test    none        12"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("unused")))
  }

  @Test func `What would be done is said, with its memory`() throws {
    let text = try Tool.output(pretrain("out") + ["--dry-run"])
    #expect(text.contains("config: 30 steps on 12 examples of 12 problems, 96 tokens"))
    #expect(text.contains("memory: weights 0 B, trained "))
  }

  @Test(arguments: [
    (["train", "run"], "Give --model."),
    (["train", "--model", "m"], "Give either a run or --examples."),
    (["train", "--examples", "e", "--model", "m"], "--examples needs --out."),
    (["train", "run", "--model", "m"], "--model must be NAME=DIR for a run"),
    (["train", "run", "--model", "a=m", "--fresh"], "--fresh goes with --objective pretrain."),
    (
      ["train", "run", "--model", "a=m", "--clip-low", "0.1"],
      "--clip-low and --clip-high go together."
    ),
    (["train", "run", "--model", "a=m", "--targets", "q,x"], "The value 'q,x' is invalid"),
  ])
  func `Wrong usage is refused`(arguments: [String], message: String) throws {
    let result = try Tool.run(arguments)
    #expect(result.status == 64 && result.errors.contains(message), "\(result.errors)")
  }

  @Test func `Files at fault are named`() throws {
    let missing = try Tool.run(arguments("sft", model: "config", out: "out"))
    #expect(missing.status == 1)
    #expect(missing.errors.contains("holds no model.safetensors"))
    let row = try folder.write("{\"id\":1}\n", to: "bad.jsonl")
    let bad = try Tool.run(
      "train", "--examples", row, "--model", folder.path("config"), "--objective", "pretrain",
      "--fresh", "--out", folder.path("out"))
    #expect(bad.status == 1 && bad.errors.contains("bad.jsonl: row 1: "))
  }
}
