import TandemJSON
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

@testable import TandemTraining

struct TrainingDataTests {
  private func read(
    _ examples: [Example], _ objective: ObjectiveName = .policyGradient,
    behaviour: BehaviourSource? = nil, usesRatios: Bool = true, vocabulary: Int = 24
  ) throws -> TrainingData {
    let folder = try WorkFolder()
    let path = try folder.write(ExampleSamples.text(examples), to: "examples.jsonl")
    return try TrainingData(
      files: [path],
      for: TrainingData.Purpose(
        objective: objective, behaviour: behaviour, usesRatios: usesRatios,
        vocabularySize: vocabulary))
  }

  @Test func `The mask, the prompt's end and logprobs line up`() throws {
    var example = ExampleSamples.examples(problems: 1, traces: 1, seed: 1)[0]
    example.promptIDs = [1, 2, 3]
    example.completionIDs = [4, 5, 6]
    example.lossMask = [1, 0, 1]
    example.behaviourLogprobsE4 = [-10_000, -20_000, -30_000]
    let sequence = try read([example]).sequences[0]
    #expect(sequence.tokens == [1, 2, 3, 4, 5, 6] && sequence.scored == [3, 5])
    #expect(sequence.behaviour == [-1, -3] && sequence.isRescue && sequence.weight == 0.8)
    let text = try read([example], .pretrain).sequences[0]
    #expect(text.scored == [1, 2, 3, 4, 5] && text.advantage == 1)
    #expect(try read([example], .sft).sequences[0].advantage == 1)
    example.promptIDs = []
    #expect(try read([example]).sequences[0].scored == [2])
  }

  @Test func `Problems keep their order, examples without a token are counted`() throws {
    var examples = ExampleSamples.examples(problems: 3, traces: 2, seed: 2)
    examples.swapAt(0, 5)
    examples[1].lossMask = examples[1].completionIDs.map { _ in 0 }
    let data = try read(examples)
    #expect(data.problems == [[0, 3], [1, 2], [4]] && data.counts.empty == 1)
    #expect(data.digest == (try read(examples).digest))
    examples[2].advantage += 1e-9
    #expect(data.digest != (try read(examples).digest))
  }

  @Test func `Modes that cannot be compared are refused`() throws {
    let raw = ExampleSamples.examples(problems: 2, seed: 3)
    var mixed = raw
    mixed[1].behaviourMode = .none
    let mixture = #expect(throws: TrainingError.self) { try read(mixed) }
    #expect(mixture?.message.contains("mix behaviour modes (5 raw, 1 none)") == true)
    #expect(try read(mixed, behaviour: .recompute).lacksBehaviour)
    mixed[1].behaviourMode = .offPrompt
    #expect(try !read(mixed).lacksBehaviour && read(mixed).counts.offPrompt == 1)
    let none = ExampleSamples.examples(problems: 2, seed: 3, mode: .none)
    #expect(try read(none).lacksBehaviour)
    #expect(try !read(none, usesRatios: false).lacksBehaviour)
    let stored = #expect(throws: TrainingError.self) { try read(none, behaviour: .stored) }
    #expect(stored?.message.contains("give --behaviour recompute") == true)
  }

  @Test func `Sampling needs a temperature and an uncut distribution`() throws {
    var examples = ExampleSamples.examples(problems: 1, seed: 4)
    func sample(_ sampling: JSONValue) {
      for index in examples.indices {
        examples[index].behaviourMode = .sampling
        examples[index].provenance["sampling"] = sampling
      }
    }
    sample(["temperature": .number(0.7), "top_p": 1])
    #expect(throws: TrainingError.self) { try read(examples) }
    #expect(
      try read(examples, behaviour: .sampling).sequences.allSatisfy { $0.temperature == 0.7 })
    sample(["temperature": .number(0.7), "top_p": .number(0.9)])
    let cut = #expect(throws: ShardError.self) { try read(examples, behaviour: .sampling) }
    #expect(cut?.message.contains("top-p, top-k or min-p cut the distribution") == true)
  }

  @Test func `Rows that do not fit are named`() throws {
    let examples = ExampleSamples.examples(problems: 2, seed: 5)
    let id = #expect(throws: ShardError.self) { try read(examples, vocabulary: 10) }
    #expect(id?.row != nil && id?.message.contains("is not below 10") == true)
    var short = examples
    short[4].behaviourLogprobsE4 = [1]
    let length = #expect(throws: ShardError.self) { try read(short) }
    #expect(length?.row == 5 && length?.message.contains("behaviour_logprobs_e4") == true)
    #expect(throws: TrainingError.self) { try read([]) }
  }
}
