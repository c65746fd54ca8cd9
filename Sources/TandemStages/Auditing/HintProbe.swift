internal import Glibc
internal import Synchronization
internal import TandemAnswers
internal import TandemJSON
package import TandemPrompts
internal import TandemRecords
package import TandemRollouts

/// Asks a model what a hint gives away: how much likelier it makes the gold answer, and whether it is enough without
/// the question.
///
/// bits = log2 p(gold | question, hint, "The answer is") - log2 p(gold | question, "The answer is").
package struct HintProbe: Sendable {
  /// The most tokens of an answer to a hint alone.
  private static let longestAnswer = 256
  private static let opening = "The answer is"

  private let engine: any ScoringEngine
  private let cold: PromptTemplate
  private let hinted: PromptTemplate

  /// A probe that puts questions as the cold and the rescue round do.
  package init(
    engine: any ScoringEngine, cold: PromptTemplate = .cold, hinted: PromptTemplate = .hinted
  ) {
    self.engine = engine
    self.cold = cold
    self.hinted = hinted
  }

  /// What of the probe decides the findings, for a plan.
  var json: JSONValue {
    var object = SamplingModel(name: "probe", engine: engine).json.object ?? JSONObject()
    object["cold"] = .string(cold.text)
    object["hinted"] = .string(hinted.text)
    object["hint_only"] = .string(PromptTemplate.hintOnly.text)
    object["longest_answer"] = .number(Self.longestAnswer)
    return .object(object)
  }

  /// What the model makes of each hint; nil where its tokenizer cannot write the gold answer.
  func callAsFunction(_ hints: [(problem: Problem, text: String)]) throws -> [Finding.Behavioural?]
  {
    guard !hints.isEmpty else { return [] }
    let requests = try hints.flatMap { problem, text in
      [hinted.text(for: problem, hint: text), cold.text(for: problem)]
    }.enumerated().map { index, text in
      let prompt = try engine.prompt(text)
      let isInLine = prompt.text.last.map { !$0.isWhitespace } ?? false
      return ScoringRequest(
        prompt: prompt, opening: (isInLine ? " " : "") + Self.opening,
        continuation: " " + hints[index / 2].problem.gold)
    }
    let logs = try engine.score(requests).map { logprobs in
      logprobs.isEmpty ? nil : logprobs.reduce(0.0) { $0 + Double($1) }
    }
    let verdicts = try hintOnly(hints)
    return hints.indices.map { index in
      guard let with = logs[2 * index], let without = logs[2 * index + 1] else { return nil }
      return Finding.Behavioural(
        bits: (with - without) / log(2), pWith: exp(with), pWithout: exp(without),
        hintOnly: verdicts[index])
    }
  }

  /// The verdicts on what the model answers when it is told the hint and not the question; nil where it failed.
  private func hintOnly(_ hints: [(problem: Problem, text: String)]) throws -> [Verdict?] {
    var sampling = RolloutParameters()
    sampling.temperature = 0
    sampling.topP = 1
    sampling.maxTokens = Self.longestAnswer
    sampling.stopTokenIDs = engine.stopTokenIDs
    let queue = ProbeQueue(
      try hints.enumerated().map { index, hint in
        RolloutRequest(
          engine: engine.identity,
          prompt: try engine.prompt(
            PromptTemplate.hintOnly.text(for: hint.problem, hint: hint.text)),
          sampling: sampling, seed: 0, sample: index)
      })
    try engine.sample(queue)
    let texts = queue.texts
    return hints.enumerated().map { index, hint in
      guard let text = texts[index] else { return nil }
      let key = AnswerKey(
        gold: hint.problem.gold, type: hint.problem.goldType, question: hint.problem.question,
        choices: hint.problem.choices)
      return Grader().grade(trace: text, key: key).verdict
    }
  }
}

/// Hands out the requests of a probe, whose sample numbers are their places, and keeps what comes back.
private final class ProbeQueue: RolloutQueue {
  private let rest: Mutex<ArraySlice<RolloutRequest>>
  private let ended = Mutex<[Int: String]>([:])

  init(_ requests: [RolloutRequest]) {
    rest = Mutex(requests[...])
  }

  /// The answers by their places.
  var texts: [Int: String] { ended.withLock { $0 } }

  func next() throws -> RolloutRequest? { rest.withLock { $0.popFirst() } }

  func end(_ request: RolloutRequest, _ outcome: RolloutOutcome) throws {
    if case .sample(let sample) = outcome {
      ended.withLock { $0[request.sample] = sample.text }
    }
  }

  func generated(_ tokens: Int) throws {}
}
