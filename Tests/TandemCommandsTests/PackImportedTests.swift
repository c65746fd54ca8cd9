import TandemTestSupport
import Testing

/// Traces of other tools, some with tokens and logprobs, packed with the built tool.
@Suite struct PackImportedTests {
  private let folder: WorkFolder
  private let run: String

  /// Six sums, wrong for `even` where the number is odd; `right` has tokens, and logprobs of every second trace.
  init() throws {
    folder = try WorkFolder()
    run = folder.path("run")
    try SmallRun.ingest(
      try folder.write(SmallRun.problems(6), to: "problems.jsonl"), into: run, "--parts", "2")
    let traces = (0..<6).map { number -> String in
      var right: [String: Any] = [
        "question": SmallRun.question(number), "model": "right", "finish_reason": "stop",
        "text": "\\boxed{\(SmallRun.gold(number))}", "token_ids": [97, 98, number, 258],
        "prompt": #"[{"role": "user", "content": "ab"}]"#,
      ]
      if number % 4 == 1 { right["logprobs"] = [-0.5, 0, -1e-5, -2.00006] }
      let even = SmallRun.gold(number) + number % 2
      return SmallRun.line(right)
        + SmallRun.line([
          "question": SmallRun.question(number), "model": "even", "text": "\\boxed{\(even)}",
        ])
    }
    _ = try Tool.output("import", run, try folder.write(traces.joined(), to: "traces.jsonl"))
    _ = try Tool.output("grade", run)
    _ = try Tool.output("reward", run, "--group", "problem")
    _ = try folder.write(ByteTokenizer.json, to: "model/tokenizer.json")
  }

  @Test func tokensAndLogprobsArriveAndAMixtureIsSaid() throws {
    let pack = ["pack", run, "--model", "right", "--tokenizer", folder.path("model"), "--chat"]
    let text = try Tool.output(pack + ["chatml"])
    #expect(text.contains("note: some examples have raw logprobs and 1 have none: a mixture"))
    let rows = try Tool.rows(in: run + "/examples/right")
    #expect(rows.map { $0["completion_ids"] as? [Int] } == [1, 3, 5].map { [97, 98, $0, 258] })
    #expect(
      rows.map { $0["behaviour_logprobs_e4"] as? [Int] } == [
        [-5000, 0, 0, -20001], nil, [-5000, 0, 0, -20001],
      ])
    #expect(rows.map { $0["behaviour_mode"] as? String } == ["raw", "none", "raw"])
    let prompt = rows.first?["prompt_ids"] as? [Int] ?? []
    // The start of a turn, `user` and a line break, and `ab`, which is one token.
    #expect(prompt.first == 257 && prompt[6] == 256)
    #expect(try Tool.output("validate", run).contains("valid"))
    // None has the logprobs of the distribution that sampled.
    let sampling = try Tool.output(pack + ["chatml", "--behaviour", "sampling", "--json"])
    #expect(sampling.contains(#""modes":{"none":3}"#))
  }

  @Test func promptsFollowTheTemplate() throws {
    let template = try folder.write("Problem: {question} Solution:\n", to: "prompt.txt")
    let pack = ["pack", run, "--model", "even", "--tokenizer", "even=" + folder.path("model")]
    let result = try Tool.run(pack + ["--chat", "text", "--prompt", template])
    #expect(result.status == 0, "\(result.errors)")
    let ids = try Tool.rows(in: run + "/examples/even").first?["prompt_ids"] as? [Int] ?? []
    let text = try Tool.output(
      "tokenize", "--tokenizer", folder.path("model"), "--decode",
      ids.map(String.init).joined(separator: " "))
    #expect(text == "Problem: \(SmallRun.question(1)) Solution:\n")
    let wrong = try folder.write("Solve this.", to: "wrong.txt")
    try Tool.expectRefusal(pack + ["--prompt", wrong], saying: ["wrong.txt: has no {question}"])
  }

  @Test func logprobsOfOtherTokensAreRefused() throws {
    let row = SmallRun.line([
      "question": SmallRun.question(1), "model": "right", "text": "\\boxed{5}",
      "token_ids": [1, 2], "prompt": "ab", "logprobs": [-1],
    ])
    let wrong = SmallRun.line([
      "question": SmallRun.question(1), "model": "right", "text": "\\boxed{6}",
      "token_ids": [1], "prompt": "ab",
    ])
    _ = try Tool.output("import", run, try folder.write(row + wrong, to: "traces.jsonl"))
    _ = try Tool.output("grade", run)
    _ = try Tool.output("reward", run)
    try Tool.expectRefusal(
      ["pack", run, "--tokenizer", folder.path("model")],
      saying: ["/cold: trace t", "has 1 `raw_logprobs_e4` for 2 tokens"])
  }
}
