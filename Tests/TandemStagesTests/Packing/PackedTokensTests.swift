import TandemJSON
import TandemMethod
import TandemPrompts
import TandemRecords
import TandemShards
import TandemTestSupport
import TandemTokenizer
import Testing

@testable import TandemStages

/// Which tokens and logprobs examples hold.
@Suite struct PackedTokensTests {
  private let folder: WorkFolder
  private let format: ModelFormat

  init() throws {
    folder = try WorkFolder()
    _ = try folder.write(ByteTokenizer.json, to: "tokenizer.json")
    format = try ModelFormat(folder.path, format: .chat(.chatML(defaultSystem: nil)))
  }

  /// One problem with a right trace of `a`, as it is changed, and a wrong one.
  private func pack(
    format: ModelFormat? = nil, options change: (inout PackOptions) -> Void = { _ in },
    _ edit: (inout Trace) -> Void
  ) throws -> (outcome: PackStage.Outcome, example: Example) {
    let made = try HandMadeRun(folder.path("run"), problems: 1)
    var right = HandMadeRun.trace(made.problems[0], "a", .cold, 0, "ab \\boxed{7}")
    edit(&right)
    var wrong = HandMadeRun.trace(made.problems[0], "a", .cold, 1, "")
    (wrong.promptIDs, wrong.tokenIDs) = ([1], [258])
    try made.writeTraces([right, wrong])
    try made.grade(.cold)
    try made.reward(models: ["a"])
    var options = PackOptions()
    change(&options)
    let stage = PackStage(run: made.run, model: "a", format: format, options: options)
    let outcome = try stage(context: HandMadeRun.context)
    let rows: [Example] = try made.rows(of: made.run.examples("a"))
    return (outcome, try #require(rows.first { $0.traceID == right.id }))
  }

  @Test func storedTokensAreNeverMadeAgain() throws {
    // Encoded, `ab` would be one token; the stop token is neither added nor taken away.
    #expect(format.prompts.tokenizer.encode("ab") == [256])
    for ids: [Int32] in [[97, 98], [97, 98, 258], [258, 97], [2_147_483_647]] {
      let (outcome, example) = try pack(format: format) { trace in
        trace.promptIDs = [97, 98]
        trace.prompt = "something else"
        trace.tokenIDs = ids
        trace.finishReason = "stop"
      }
      #expect(example.promptIDs == [97, 98] && example.completionIDs == ids)
      #expect(outcome.tally.completions == [.stored: 2] && outcome.tally.prompts == [.stored: 2])
      #expect(outcome.tally.missingStops == (ids.last == 258 ? 0 : 1))
    }
  }

  @Test func textIsTokenisedAndSaysSo() throws {
    for (reason, stops) in [("stop", true), (nil, true), ("length", false), ("abort", false)] {
      let (outcome, example) = try pack(format: format) { $0.finishReason = reason }
      let asked = PromptTemplate.cold.text(
        for: Problem(
          id: "", dataset: "", split: "", question: "What is 0 + 7?", gold: "", goldType: .number,
          source: .init(file: "", row: 1)))
      let text = [256] + " \\boxed{7}".utf8.map { Int32($0) }
      #expect(example.completionIDs == text + (stops ? [258] : []), "\(reason ?? "none")")
      #expect(example.provenance["tokens"] == "text" && example.provenance["prompt"] == "question")
      #expect(outcome.tally.assumedStops == (reason == nil ? 1 : 0))
      #expect(outcome.tally.completions == [.stored: 1, .text: 1])
      #expect(outcome.tally.prompts == [.stored: 1, .question: 1])
      #expect(
        format.prompts.tokenizer.decode(example.promptIDs)
          == "<|im_start|>user\n\(asked)<|im_end|>\n<|im_start|>assistant\n"
      )
    }
  }

  @Test func aStoredPromptTextIsUsed() throws {
    let example = try pack(format: format) { $0.prompt = "Q ab<|im_end|>" }.example
    #expect(example.promptIDs == [81, 32, 256, 258])
    #expect(example.provenance["prompt"] == "text")
  }

  @Test func withoutATokenizerTextIsRefused() throws {
    let error = #expect(throws: ShardError.self) { try self.pack { $0.promptIDs = [1] } }
    #expect(error?.description.contains("give its tokenizer with --tokenizer") == true)
    let stored = try pack {
      $0.promptIDs = [1]
      $0.tokenIDs = [2]
    }
    #expect(stored.example.completionIDs == [2])
  }

  @Test func logprobsGoWithTheirTokens() throws {
    func edit(_ trace: inout Trace) {
      (trace.promptIDs, trace.tokenIDs) = ([1], [2, 3])
      (trace.rawLogprobsE4, trace.samplingLogprobsE4) = ([-1, -2], [-3, -4])
    }
    let raw = try pack { edit(&$0) }
    #expect(raw.example.behaviourMode == .raw && raw.example.behaviourLogprobsE4 == [-1, -2])
    // The wrong one has none: a mixture, counted.
    #expect(raw.outcome.tally.modes == [.raw: 1, .none: 1])
    let sampling = try pack(options: { $0.behaviour = .sampling }) { edit(&$0) }
    #expect(sampling.example.behaviourMode == .sampling)
    #expect(sampling.example.behaviourLogprobsE4 == [-3, -4])
    let missing = try pack {
      edit(&$0)
      $0.rawLogprobsE4 = nil
    }
    #expect(missing.example.behaviourMode == .none && missing.example.behaviourLogprobsE4 == nil)
    // Behind another prompt, or for other tokens, they would be wrong.
    for drop: (inout Trace) -> Void in [{ $0.promptIDs = nil }, { $0.tokenIDs = nil }] {
      let unused = try pack(format: format) {
        edit(&$0)
        drop(&$0)
      }
      #expect(unused.example.behaviourLogprobsE4 == nil && unused.outcome.tally.unusedLogprobs == 1)
    }
  }

  @Test func logprobsThatDoNotFitAreRefused() throws {
    func refusal(_ logprobs: [Int32]) -> String {
      let error = #expect(throws: ShardError.self) {
        try self.pack {
          ($0.promptIDs, $0.tokenIDs, $0.rawLogprobsE4) = ([1], [2, 3], logprobs)
        }
      }
      return error?.description ?? ""
    }
    #expect(refusal([-1]).contains("trace p0-a-cold-0 has 1 `raw_logprobs_e4` for 2 tokens"))
    #expect(refusal([-1, 2]).contains("trace p0-a-cold-0 has a logprob above 0"))
  }
}
