internal import TandemLM
internal import TandemTokenizer

/// One pass of an embedded engine over a queue, with the weights in memory.
struct EmbeddedRun<Queue: RolloutQueue>: ~Copyable {
  /// Bytes that keys and values may take, unless one sample needs more.
  private static var cacheBytes: Int { 512 << 20 }

  private let engine: EmbeddedEngine
  private let queue: Queue
  private var intake: Intake
  private var generator: Generator

  /// Loads the model.
  init(_ engine: EmbeddedEngine, queue: Queue) throws {
    let options = engine.options
    let model = try Model(
      folder: engine.folder, weights: options.weights, precision: options.precision,
      threads: options.threads)
    let adapter = try engine.adapterFolder.map {
      try Adapter(folder: $0, for: engine.configuration)
    }
    var intake = Intake(configuration: engine.configuration)
    // The first request says how much memory a sample may need.
    let first = try queue.next()
    let least = first.map { intake.bytes(for: $0) } ?? 0
    intake.limit = max(Self.cacheBytes, least)
    intake.carried = first
    generator = try Generator(
      model: model, adapter: adapter,
      options: GeneratorOptions(
        maximumBatch: options.batch, tokensPerStep: max(256, options.batch),
        cacheBytes: intake.limit, threads: options.threads))
    self.engine = engine
    self.queue = queue
    self.intake = intake
  }

  /// Samples until the queue is empty.
  mutating func callAsFunction() throws {
    var intake = intake
    var texts: [Place: StoppableText] = [:]
    let (queue, tokenizer) = (queue, engine.tokenizer)
    try generator.run(
      next: { try intake.next(from: queue) },
      onToken: { progress in
        try queue.generated(1)
        let request = intake.request(progress.request, progress.sample)
        guard let sampling = request?.sampling, !sampling.stopStrings.isEmpty,
          !sampling.stopTokenIDs.contains(progress.last.id)
        else { return .goOn }
        let place = Place(request: progress.request, sample: progress.sample)
        var text =
          texts.removeValue(forKey: place)
          ?? StoppableText(sampling.stopStrings, tokenizer: tokenizer)
        let isStopped = text.append(progress.last.id)
        texts[place] = text
        return isStopped ? .stop(keep: progress.tokens.count) : .goOn
      },
      onEnd: { generated in
        let place = Place(request: generated.request, sample: generated.sample)
        let text = texts.removeValue(forKey: place)
        guard let request = intake.take(generated.request, generated.sample) else { return }
        try queue.end(
          request, Self.outcome(of: generated, request, stopped: text?.text, tokenizer))
      })
  }

  private struct Place: Hashable {
    var request: Int
    var sample: Int
  }

  private static func outcome(
    of generated: GeneratedSample, _ request: RolloutRequest, stopped: String?,
    _ tokenizer: Tokenizer
  ) -> RolloutOutcome {
    let reason: String
    switch generated.finish {
    case .stopID: reason = FinishReason.stop
    case .stopped: reason = FinishReason.stopString
    case .length: reason = FinishReason.length
    case .notNumbers:
      return .failure("the model's logits are not numbers after \(generated.tokens.count) tokens")
    }
    let written =
      generated.finish == .stopID ? generated.tokens.dropLast() : generated.tokens[...]
    let whole = { tokenizer.decode(Array(written), skipSpecialTokens: true) }
    let text = generated.finish == .stopped ? stopped ?? whole() : whole()
    return .sample(
      RolloutSample(
        text: text, tokenIDs: generated.tokens,
        rawLogprobsE4: generated.rawLogprobs.map { RolloutSample.e4(Double($0)) },
        samplingLogprobsE4: generated.samplingLogprobs.map { RolloutSample.e4(Double($0)) },
        finishReason: reason, promptTokens: request.prompt.ids?.count,
        completionTokens: generated.tokens.count))
  }
}

// MARK: - Requests

/// Puts neighbouring requests of one prompt together, so that it is computed once, and turns away what the model cannot
/// take.
private struct Intake {
  let configuration: ModelConfiguration
  /// Bytes of keys and values that one sample may take.
  var limit = 0
  /// A request that was taken from the queue and not begun.
  var carried: RolloutRequest?
  private var groups: [Int: [RolloutRequest?]] = [:]
  private var count = 0

  init(configuration: ModelConfiguration) {
    self.configuration = configuration
  }

  /// The next requests with one prompt and one way of sampling.
  mutating func next(from queue: some RolloutQueue) throws -> GenerationRequest? {
    while let first = try carried.take() ?? queue.next() {
      if let reason = refusal(of: first) {
        try queue.end(first, .failure(reason))
        continue
      }
      var group = [first]
      while let more = try queue.next() {
        guard more.prompt == first.prompt, more.sampling == first.sampling else {
          carried = more
          break
        }
        group.append(more)
      }
      defer { count += 1 }
      groups[count] = group
      return Self.generation(count, group, first)
    }
    return nil
  }

  /// The request of a sample that is being generated.
  func request(_ group: Int, _ sample: Int) -> RolloutRequest? {
    groups[group]?[sample]
  }

  /// Gives a request back whose sample has ended.
  mutating func take(_ group: Int, _ sample: Int) -> RolloutRequest? {
    let request = groups[group]?[sample]
    groups[group]?[sample] = nil
    if groups[group]?.allSatisfy({ $0 == nil }) ?? false { groups[group] = nil }
    return request
  }

  /// Bytes of keys and values of a request's sample at its longest, with a page to spare.
  func bytes(for request: RolloutRequest) -> Int {
    let tokens = (request.prompt.ids?.count ?? 0).addingReportingOverflow(
      request.sampling.maxTokens)
    let most = tokens.overflow ? Int.max : tokens.partialValue
    let bytes = (min(most, configuration.maximumPositions, 1 << 40) + 64)
      .multipliedReportingOverflow(by: configuration.cacheBytesPerToken)
    return bytes.overflow ? Int.max : bytes.partialValue
  }

  private func refusal(of request: RolloutRequest) -> String? {
    let ids = request.prompt.ids ?? []
    guard !ids.isEmpty else { return "the prompt has no tokens" }
    guard ids.count < configuration.maximumPositions else {
      return
        "the prompt has \(ids.count) tokens, and the model \(configuration.maximumPositions) positions"
    }
    guard ids.allSatisfy({ $0 >= 0 && Int($0) < configuration.vocabularySize }) else {
      return "the prompt has tokens that the model does not know"
    }
    guard bytes(for: request) <= limit else {
      return "the prompt of \(ids.count) tokens leaves no memory for a sample"
    }
    return nil
  }

  private static func generation(
    _ id: Int, _ group: [RolloutRequest], _ first: RolloutRequest
  ) -> GenerationRequest {
    let sampling = first.sampling
    return GenerationRequest(
      id: id, prompt: first.prompt.ids ?? [],
      sampling: SamplingParameters(
        temperature: sampling.temperature, topK: sampling.topK, topP: sampling.topP,
        minP: sampling.minP, repetitionPenalty: sampling.repetitionPenalty),
      seeds: group.map(\.seed), stopIDs: Set(sampling.stopTokenIDs),
      maximumTokens: sampling.maxTokens)
  }
}
