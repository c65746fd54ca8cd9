import TandemJSON
import TandemRecords

@testable import TandemTraining

/// Examples of random tokens.
enum ExampleSamples {
  /// Problems with some traces each, with logprobs where the mode is raw.
  static func examples(
    problems: Int, traces: Int = 3, seed: Int, mode: BehaviourMode = .raw, vocabulary: Int = 24
  ) -> [Example] {
    var random = Draws(seed: seed)
    return (0..<problems).flatMap { problem in
      let prompt = (0..<2 + random.int(below: 3)).map { _ in Int32(random.int(below: vocabulary)) }
      return (0..<traces).map { trace in
        let completion = (0..<2 + random.int(below: 6)).map { _ in
          Int32(random.int(below: vocabulary))
        }
        return Example(
          id: "e-\(problem)-\(trace)", traceID: "t-\(problem)-\(trace)", promptIDs: prompt,
          completionIDs: completion,
          behaviourLogprobsE4: mode == .raw
            ? completion.map { _ in -Int32(20_000 + random.int(below: 20_000)) } : nil,
          behaviourMode: mode, advantage: 2 * random.uniform() - 1,
          weight: trace == 0 ? 0.8 : 1, round: trace == 0 ? .rescue : .cold, group: "g-\(problem)",
          provenance: JSONObject([.init(key: "problem_id", value: .string("p-\(problem)"))]))
      }
    }
  }

  /// The text of examples, one a line.
  static func text(_ examples: [Example]) -> String {
    var writer = JSONWriter()
    for example in examples { example.write(to: &writer) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
