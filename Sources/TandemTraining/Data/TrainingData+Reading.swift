internal import TandemJSON
internal import TandemRecords
internal import TandemShards

extension TrainingData {
  /// What the examples are read for.
  package struct Purpose: Hashable, Sendable {
    package var objective: ObjectiveName
    /// Nil decides by what the examples hold.
    package var behaviour: BehaviourSource?
    /// Whether the loss compares the model with the one that sampled.
    package var usesRatios: Bool
    /// Ids must be below it.
    package var vocabularySize: Int

    /// A purpose from its parts.
    package init(
      objective: ObjectiveName, behaviour: BehaviourSource?, usesRatios: Bool, vocabularySize: Int
    ) {
      self.objective = objective
      self.behaviour = behaviour
      self.usesRatios = usesRatios
      self.vocabularySize = vocabularySize
    }
  }

  /// Reads the examples of files, in their order.
  ///
  /// - Throws: `ShardError` naming the file and the row at fault, or ``TrainingError`` when the examples do not fit
  ///   together.
  package init(files: [String], for purpose: Purpose) throws {
    var sequences: [TrainingSequence] = []
    var counts = Counts()
    var modes: [BehaviourMode: Int] = [:]
    for path in files {
      try ExampleFile(path: path).forEach { example, row in
        let reader = ExampleReader(example: example, purpose: purpose)
        do throws(TrainingError) {
          guard let sequence = try reader.sequence() else {
            counts.empty += 1
            return
          }
          sequences.append(sequence)
        } catch { throw ShardError(path, row: row, error.message) }
        modes[example.behaviourMode, default: 0] += 1
        if example.provenance["finish_reason"]?.string == "length" { counts.truncated += 1 }
      }
    }
    guard !sequences.isEmpty else {
      throw TrainingError(files.first ?? "", "holds no example with a token to train on")
    }
    let lacksBehaviour = try Self.lacksBehaviour(modes, purpose)
    self.init(sequences, counts: counts, lacksBehaviour: lacksBehaviour)
  }

  /// Whether logprobs must be recomputed, given the modes of all examples.
  private static func lacksBehaviour(_ modes: [BehaviourMode: Int], _ purpose: Purpose)
    throws(TrainingError) -> Bool
  {
    guard purpose.objective == .policyGradient else { return false }
    let found = BehaviourMode.allCases.filter { $0 != .offPrompt && modes[$0] != nil }
    if purpose.behaviour == .recompute { return !found.isEmpty && purpose.usesRatios }
    guard found.count <= 1 else {
      let list = found.map { "\(modes[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
      throw TrainingError(
        "the examples mix behaviour modes (\(list)): pack them alike, or give --behaviour recompute"
      )
    }
    guard let mode = found.first, purpose.usesRatios else { return false }
    switch (mode, purpose.behaviour) {
    case (.raw, nil), (.raw, .stored), (.sampling, .sampling): return false
    case (.none, nil): return true
    default:
      throw TrainingError(
        "the examples' behaviour_mode is \(mode.rawValue), which --behaviour "
          + "\(purpose.behaviour?.rawValue ?? "stored") cannot use; give --behaviour "
          + (mode == .sampling ? "sampling or recompute" : mode == .raw ? "stored" : "recompute"))
    }
  }
}

/// Turns an example into a sequence.
private struct ExampleReader {
  let example: Example
  let purpose: TrainingData.Purpose

  /// The sequence; nil without a token that counts.
  func sequence() throws(TrainingError) -> TrainingSequence? {
    let (prompt, completion) = (example.promptIDs, example.completionIDs)
    let tokens = prompt + completion
    for id in tokens where id < 0 || Int(id) >= purpose.vocabularySize {
      throw TrainingError(
        "token id \(id) is not below \(purpose.vocabularySize): the examples were packed with another model's tokenizer"
      )
    }
    try check("loss_mask", example.lossMask?.count)
    try check("behaviour_logprobs_e4", example.behaviourLogprobsE4?.count)
    let isPretraining = purpose.objective == .pretrain
    // The very first token has nothing before it that could predict it.
    let places = (isPretraining ? -prompt.count..<completion.count : 0..<completion.count).filter {
      place in
      prompt.count + place > 0 && (isPretraining || example.lossMask.map { $0[place] } != 0)
    }
    guard !places.isEmpty else { return nil }
    var sequence = TrainingSequence(
      id: example.id, problem: example.provenance["problem_id"]?.string ?? example.group,
      tokens: tokens, scored: places.map { prompt.count + $0 })
    if sequence.problem.isEmpty || purpose.objective == .pretrain { sequence.problem = example.id }
    sequence.weight = example.weight
    sequence.isRescue = example.round == .rescue
    sequence.origin = TrainingSequence.Origin(
      engine: example.provenance["engine"]?.string ?? "unknown",
      mode: example.behaviourMode.rawValue)
    guard sequence.weight.isFinite, example.advantage.isFinite else {
      throw TrainingError("`advantage` or `weight` is not finite")
    }
    guard purpose.objective == .policyGradient else { return sequence }
    sequence.advantage = example.advantage
    sequence.isOffPrompt = example.behaviourMode == .offPrompt
    guard purpose.behaviour != .recompute, !sequence.isOffPrompt else { return sequence }
    sequence.behaviour = example.behaviourLogprobsE4.map { logprobs in
      places.map { Float(logprobs[$0]) / 10_000 }
    }
    guard example.behaviourMode == .none || sequence.behaviour != nil else {
      throw TrainingError("`behaviour_logprobs_e4` is missing; behaviour_mode says it is there")
    }
    if purpose.behaviour == .sampling { sequence.temperature = try temperature() }
    return sequence
  }

  private func check(_ name: String, _ count: Int?) throws(TrainingError) {
    if let count, count != example.completionIDs.count {
      throw TrainingError(
        "`\(name)` has \(count) numbers for \(example.completionIDs.count) completion tokens")
    }
  }

  /// The temperature that sampled, where nothing was cut off the distribution.
  private func temperature() throws(TrainingError) -> Double {
    let sampling = example.provenance["sampling"]
    guard let temperature = sampling?.object?["temperature"]?.double, temperature > 0 else {
      throw TrainingError("--behaviour sampling needs `provenance.sampling.temperature` above 0")
    }
    let topP = sampling?.object?["top_p"]?.double ?? 1
    let topK = sampling?.object?["top_k"]?.int ?? 0
    let minP = sampling?.object?["min_p"]?.double ?? 0
    guard topP >= 1, topK <= 0, minP <= 0 else {
      throw TrainingError(
        "--behaviour sampling cannot be used: top-p, top-k or min-p cut the distribution; "
          + "pack with raw logprobs, or give --behaviour recompute")
    }
    return temperature
  }
}
