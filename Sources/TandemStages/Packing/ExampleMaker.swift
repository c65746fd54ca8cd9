internal import TandemJSON
internal import TandemPrompts
internal import TandemRecords
internal import TandemShards

/// Turns the traces of one problem and one model into examples.
///
/// Tokens that a trace holds are used as they are; only what came as text is tokenised.
struct ExampleMaker: Sendable {
  let run: RunFolder
  /// How the model is written to; nil while no text has to be tokenised.
  let format: ModelFormat?
  /// With every default filled in.
  let options: PackOptions

  /// The examples of a problem, in the order of its traces.
  ///
  /// - Throws: ``ShardError`` naming a trace whose tokens and logprobs do not fit together.
  func examples(of row: PackInputs.Row, tally: inout PackTally) throws -> [Example] {
    switch options.purpose {
    case .policyGradient: try learners(in: row, tally: &tally)
    case .sft: try imitated(in: row, tally: &tally)
    }
  }

  private func learners(in row: PackInputs.Row, tally: inout PackTally) throws -> [Example] {
    var examples: [Example] = []
    for item in row.items {
      guard let reward = item.reward else { continue }
      if reward.advantage == 0, !options.keepsZeroAdvantage {
        tally.omitted[.init(zero: reward.zeroReason), default: 0] += 1
      } else if let example = try example(
        of: item, in: row, advantage: reward.advantage, group: reward.group, tally: &tally)
      {
        examples.append(example)
      }
    }
    return examples
  }

  /// Correct traces; of many, a seeded choice that prefers texts that differ.
  private func imitated(in row: PackInputs.Row, tally: inout PackTally) throws -> [Example] {
    var examples: [(place: Int, example: Example)] = []
    for place in order(row.items) {
      let item = row.items[place]
      guard examples.count < options.maxPerProblem ?? .max else {
        tally.omitted[.surplus, default: 0] += 1
        continue
      }
      if let example = try example(
        of: item, in: row, advantage: 1, group: "\(row.problem.id)/\(item.trace.model)",
        tally: &tally)
      {
        examples.append((place, example))
      }
    }
    let wrong = row.items.count { !$0.isCorrect }
    if wrong > 0 { tally.omitted[.notCorrect, default: 0] += wrong }
    return examples.sorted { $0.place < $1.place }.map(\.example)
  }

  /// The places of the correct traces in the order in which they are chosen.
  private func order(_ items: [PackInputs.Item]) -> [Int] {
    let correct = items.indices.filter { items[$0].isCorrect }
    guard options.maxPerProblem != nil else { return correct }
    let shuffled = correct.map { ($0, draw("choose", items[$0].trace.id)) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    var seen: Set<String> = []
    var repeated: [Int] = []
    let fresh = shuffled.filter { place in
      let isNew = seen.insert(items[place].trace.text).inserted
      if !isNew { repeated.append(place) }
      return isNew
    }
    return fresh + repeated
  }

  private func example(
    of item: PackInputs.Item, in row: PackInputs.Row, advantage: Double, group: String,
    tally: inout PackTally
  ) throws -> Example? {
    let trace = item.trace
    let completion = try completion(of: trace)
    guard !completion.ids.isEmpty else {
      tally.omitted[.noTokens, default: 0] += 1
      return nil
    }
    let isDistilled = isDistilled(item, advantage: advantage)
    let prompt =
      isDistilled ? try coldPrompt(in: row) : try prompt(of: trace, hint: item.hint, in: row)
    guard prompt.ids.count + completion.ids.count <= options.maxTokens ?? .max else {
      tally.omitted[.tooLong, default: 0] += 1
      return nil
    }
    var example = Example(
      id: Example.id(traceID: trace.id, promptIDs: prompt.ids, completionIDs: completion.ids),
      traceID: trace.id, promptIDs: prompt.ids, completionIDs: completion.ids,
      behaviourMode: isDistilled ? .offPrompt : .none, advantage: advantage,
      weight: trace.round == .rescue ? options.rescueWeight ?? 1 : 1, round: trace.round,
      group: group, provenance: JSONObject())
    if !isDistilled, options.purpose == .policyGradient, let logprobs = try logprobs(of: trace) {
      // They are of these tokens behind this prompt, or of no use.
      if completion.origin == .stored, prompt.origin != .question {
        example.behaviourLogprobsE4 = logprobs
        example.behaviourMode = options.behaviour == .raw ? .raw : .sampling
      } else {
        tally.unusedLogprobs += 1
      }
    }
    example.provenance = provenance(
      of: trace, prompt: prompt.origin, completion: completion.origin, isDistilled: isDistilled)
    tally.add(example, trace, prompt: prompt.origin, completion: completion.origin)
    if isDistilled { tally.distilled += 1 }
    if completion.origin == .stored, lacksStop(trace, completion.ids) { tally.missingStops += 1 }
    return example
  }

  /// A number in [0, 1) that depends on the seed and the trace alone.
  private func draw(_ purpose: String, _ traceID: String) -> Double {
    let seed = ContentID.seed([purpose, String(options.seed), traceID])
    return Philox(key: UInt64(bitPattern: Int64(seed))).uniform(at: 0)
  }

  /// Whether a success with a hint is trained on the prompt without it.
  private func isDistilled(_ item: PackInputs.Item, advantage: Double) -> Bool {
    item.hint != nil && item.isCorrect && advantage > 0
      && draw("distil", item.trace.id) < options.distilHints ?? 0
  }
}

// MARK: - Tokens

extension ExampleMaker {
  private typealias Tokens = (ids: [Int32], origin: PackTally.Origin)

  /// What the model was asked.
  private func prompt(of trace: Trace, hint: Hint?, in row: PackInputs.Row) throws -> Tokens {
    if let ids = trace.promptIDs, !ids.isEmpty { return (ids, .stored) }
    let format = try format(for: trace)
    if let text = trace.prompt { return (format.ids(ofPrompt: text), .text) }
    return (format.prompt(of: row.problem, hint: hint?.text).ids, .question)
  }

  /// What the model is asked without a hint, as its cold traces were where they say so.
  private func coldPrompt(in row: PackInputs.Row) throws -> Tokens {
    let cold = row.items.map(\.trace).filter { $0.round == .cold }
    let known = cold.first { $0.promptIDs?.isEmpty == false } ?? cold.first { $0.prompt != nil }
    guard let trace = known ?? cold.first ?? row.items.first?.trace else { return ([], .stored) }
    if known != nil { return try prompt(of: trace, hint: nil, in: row) }
    return (try format(for: trace).prompt(of: row.problem).ids, .question)
  }

  /// What the model wrote; the stop token follows a text that ended, or whose end is not known.
  private func completion(of trace: Trace) throws -> Tokens {
    if let ids = trace.tokenIDs { return (ids, .stored) }
    let stopped = trace.finishReason.map { $0 == "stop" } ?? true
    let ids = try format(for: trace)
      .ids(ofCompletion: trace.text, behind: trace.prompt, stopped: stopped)
    return (ids, .text)
  }

  /// Whether stored tokens end without any markup though the trace says that it stopped.
  private func lacksStop(_ trace: Trace, _ ids: [Int32]) -> Bool {
    guard let format, trace.finishReason == "stop", let last = ids.last else { return false }
    return !format.isMarkup(last)
  }

  private func format(for trace: Trace) throws -> ModelFormat {
    guard let format else {
      throw ShardError(
        run.traces(trace.round),
        "has traces of `\(trace.model)` as text, to be tokenised: give its tokenizer with --tokenizer"
      )
    }
    return format
  }

  /// The logprobs that are asked for, one a stored token; nil without them.
  private func logprobs(of trace: Trace) throws -> [Int32]? {
    let logprobs = options.behaviour == .raw ? trace.rawLogprobsE4 : trace.samplingLogprobsE4
    guard let logprobs else { return nil }
    let name = "\(options.behaviour.rawValue)_logprobs_e4"
    if let ids = trace.tokenIDs, logprobs.count != ids.count {
      throw ShardError(
        run.traces(trace.round),
        "trace \(trace.id) has \(logprobs.count) `\(name)` for \(ids.count) tokens; sample or import it again"
      )
    }
    guard logprobs.allSatisfy({ $0 <= 0 }) else {
      throw ShardError(
        run.traces(trace.round),
        "trace \(trace.id) has a logprob above 0 in `\(name)`; sample or import it again")
    }
    return logprobs
  }

  private func provenance(
    of trace: Trace, prompt: PackTally.Origin, completion: PackTally.Origin, isDistilled: Bool
  ) -> JSONObject {
    var object = JSONObject()
    object["problem_id"] = .string(trace.problemID)
    object["model"] = .string(trace.model)
    object["sample"] = .number(trace.sample)
    object["prompt"] = .string(prompt.rawValue)
    object["tokens"] = .string(completion.rawValue)
    if isDistilled { object["distilled"] = .bool(true) }
    object["hint_id"] = trace.hintID.map(JSONValue.string)
    object["finish_reason"] = trace.finishReason.map(JSONValue.string)
    object["sampling"] = trace.sampling.map(JSONValue.object)
    object["engine"] = .string(trace.engine)
    object["model_fingerprint"] = trace.modelFingerprint.map(JSONValue.string)
    object["adapter_fingerprint"] = trace.adapterFingerprint.map(JSONValue.string)
    return object
  }
}

extension PackTally {
  fileprivate mutating func add(
    _ example: Example, _ trace: Trace, prompt: Origin, completion: Origin
  ) {
    examples += 1
    promptTokens += example.promptIDs.count
    completionTokens += example.completionIDs.count
    prompts[prompt, default: 0] += 1
    completions[completion, default: 0] += 1
    modes[example.behaviourMode, default: 0] += 1
    rounds[example.round, default: 0] += 1
    if example.advantage > 0 { positive += 1 }
    if example.advantage < 0 { negative += 1 }
    if completion == .text, trace.finishReason == nil { assumedStops += 1 }
  }
}
