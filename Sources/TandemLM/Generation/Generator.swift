/// Continues prompts, many at once.
///
/// Every step takes one more token of each completion and pieces of prompts through the model together. When the cache
/// is full, the completion that began last is put aside, and computed again from its tokens when there is room. What is
/// generated does not depend on any of this: a token depends on the tokens before it, the sampling parameters, the seed
/// and its position alone.
package struct Generator: ~Copyable {
  /// The number of tokens that went through the model.
  package struct Counts: Hashable, Sendable {
    /// Tokens of prompts, each counted once however many samples share them.
    package var prompt = 0
    /// Tokens of completions.
    package var completion = 0
    /// Tokens computed again, because they had to make room.
    package var repeated = 0
    /// Steps.
    package var steps = 0
  }

  /// A completion after one of its tokens.
  package struct Progress: Sendable {
    /// The request's number.
    package let request: Int
    /// Which of the request's seeds it is drawn with.
    package let sample: Int
    /// The completion so far.
    package let tokens: ArraySlice<Int32>
    /// Its last token.
    package let last: SampledToken
  }

  /// What has gone through the model so far.
  package private(set) var counts = Counts()
  private let options: GeneratorOptions
  private var decoder: Decoder
  private var drawing: DrawingPool
  /// The completions that grow, in the order in which they began.
  private var live: [LiveSample] = []
  /// Completions that were put aside, the oldest first.
  private var parked: [LiveSample] = []
  /// Requests with samples that have not begun, in the order in which they came.
  private var open: [OpenRequest] = []
  private var taken = 0
  private var expectation = LengthExpectation()

  /// A generator for a model, with an adapter or without.
  ///
  /// - Throws: ``ModelError`` when the options leave no room for anything, `MemoryError`.
  package init(model: Model, adapter: Adapter? = nil, options: GeneratorOptions = .init())
    throws
  {
    guard options.maximumBatch >= 1, options.tokensPerStep >= options.maximumBatch else {
      throw ModelError(
        "",
        "a step of \(options.tokensPerStep) tokens cannot serve \(options.maximumBatch) completions"
      )
    }
    decoder = try Decoder(
      model: model, adapter: adapter, cacheBytes: options.cacheBytes, tokens: options.tokensPerStep,
      threads: options.threads, positionsPerPage: options.positionsPerPage)
    drawing = DrawingPool(options.threads)
    self.options = options
  }
}

extension Generator {
  /// Continues the prompts of all requests.
  ///
  /// - Returns: the samples, by request in the order given, then by seed.
  /// - Throws: ``ModelError``.
  package mutating func generate(_ requests: [GenerationRequest]) throws -> [GeneratedSample] {
    var rest = requests[...]
    var places: [Int: Int] = [:]
    for (place, request) in requests.enumerated() { places[request.id] = place }
    var samples: [GeneratedSample] = []
    try run(next: { rest.popFirst() }, onEnd: { samples.append($0) })
    return samples.sorted {
      (places[$0.request] ?? 0, $0.sample) < (places[$1.request] ?? 0, $1.sample)
    }
  }

  /// Continues the prompts of requests as they come, until there are no more.
  ///
  /// - Parameters:
  ///   - next: gives the next request when there is room for one; nil when there are none left.
  ///   - onToken: is called after every token and says whether the completion goes on.
  ///   - onEnd: is called when a sample ends.
  /// - Throws: ``ModelError`` for a request that the model cannot take, and what the closures throw; what was not
  ///   handed over is lost then.
  package mutating func run(
    next: () throws -> GenerationRequest?,
    onToken: (Progress) throws -> GenerationDecision = { _ in .goOn },
    onEnd: (GeneratedSample) throws -> Void
  ) throws {
    defer { abandon() }
    var isDry = false
    while true {
      try admit(next, &isDry)
      if live.isEmpty { return }
      try step(onToken, onEnd)
    }
  }

  private mutating func abandon() {
    for index in live.indices { decoder.cache.release(&live[index].cached) }
    live.removeAll()
    parked.removeAll()
    while dropPrefix() {}
    open.removeAll()
  }
}

// MARK: - Beginning

extension Generator {
  /// Lets completions begin while there is room for them.
  private mutating func admit(_ next: () throws -> GenerationRequest?, _ isDry: inout Bool) throws {
    while live.count < options.maximumBatch {
      if let sample = parked.first {
        guard hasRoom(for: sample) else { return }
        live.append(parked.removeFirst())
        continue
      }
      var index = open.firstIndex { $0.isReady }
      if index == nil, !isDry {
        guard let request = try next() else {
          isDry = true
          continue
        }
        try check(request)
        guard !request.seeds.isEmpty else { continue }
        open.append(OpenRequest(order: taken, request: request))
        taken += 1
        index = open.count - 1
      }
      guard let index, begin(index) else { return }
    }
  }

  private func check(_ request: GenerationRequest) throws(ModelError) {
    let configuration = decoder.model.configuration
    try request.check(configuration)
    let most = min(request.prompt.count + request.maximumTokens, configuration.maximumPositions)
    guard decoder.cache.pageCount(for: most) <= decoder.cache.pageCount else {
      throw ModelError(
        "",
        "request \(request.id) may take \(most) tokens, and the cache holds \(decoder.cache.capacity); give it more memory"
      )
    }
  }

  /// Whether a sample fits beside the live ones, with what all of them are expected to grow by.
  ///
  /// A sample that is begun too early is put aside and computed again.
  private func hasRoom(for sample: LiveSample) -> Bool {
    if live.isEmpty { return true }
    let tokens = sample.pendingCount + expectation.growth(of: sample)
    let growth = live.reduce(0) { $0 + expectation.growth(of: $1) + $1.pendingCount }
    let pages = decoder.cache.pageCount(for: tokens) + decoder.cache.pageCount(for: growth)
    return decoder.cache.freeCount >= pages + live.count
  }

  /// Begins the next sample of an open request; false when there is no room.
  private mutating func begin(_ index: Int) -> Bool {
    let request = open[index].request
    var sample = LiveSample(request, sample: open[index].nextSample, order: open[index].order)
    switch open[index].prefix {
    case .known(let prefix):
      sample.cached = decoder.cache.fork(prefix, count: prefix.count)
      guard hasRoom(for: sample) else {
        decoder.cache.release(&sample.cached)
        return false
      }
    case .unknown, .awaited:
      guard hasRoom(for: sample) else { return false }
      if options.sharesPrompts, open[index].nextSample > 0 {
        counts.repeated += request.prompt.count
      } else {
        counts.prompt += request.prompt.count
      }
      let isShared = options.sharesPrompts && request.prompt.count > 1
      if isShared, open[index].nextSample + 1 < request.seeds.count {
        open[index].prefix = .awaited
      }
    }
    live.append(sample)
    open[index].nextSample += 1
    if open[index].isExhausted {
      if case .known(var prefix) = open[index].prefix { decoder.cache.release(&prefix) }
      open.remove(at: index)
    }
    return true
  }
}

// MARK: - A step

extension Generator {
  private mutating func step(
    _ onToken: (Progress) throws -> GenerationDecision, _ onEnd: (GeneratedSample) throws -> Void
  ) throws {
    let lengths = reserve()
    counts.steps += 1
    let drawn = drawing.draw(live, lengths, with: decoder)
    for (index, length) in lengths.enumerated() { live[index].cached.count += length }
    keepPrefixes()
    var ended: [(index: Int, sample: GeneratedSample)] = []
    for (index, draw) in drawn.enumerated() {
      guard let draw else { continue }
      let finish: GeneratedSample.Finish?
      var keep = Int.max
      if case .token(let token) = draw {
        counts.completion += 1
        live[index].append(token)
        let progress = Progress(
          request: live[index].request.id, sample: live[index].sample,
          tokens: live[index].completion, last: token)
        if case .stop(let count) = try onToken(progress) {
          keep = count
          finish = .stopped
        } else {
          finish = live[index].finish(
            maximumPositions: decoder.model.configuration.maximumPositions)
        }
      } else {
        finish = .notNumbers
      }
      if let finish {
        expectation.note(live[index].completionCount)
        ended.append((index, live[index].result(finish, keep: keep)))
      }
    }
    for (index, _) in ended.reversed() {
      decoder.cache.release(&live[index].cached)
      live.remove(at: index)
    }
    for (_, sample) in ended { try onEnd(sample) }
  }

  /// Gives every live sample a piece of the step and the pages for it; those that began last may be put aside.
  private mutating func reserve() -> [Int] {
    var lengths: [Int] = []
    var budget = options.tokensPerStep
    while lengths.count < live.count {
      let index = lengths.count
      let length = min(live[index].pendingCount, max(1, budget - (live.count - index - 1)))
      while index < live.count,
        !decoder.cache.reserve(&live[index].cached, count: live[index].cached.count + length)
      {
        if !dropPrefix() { park() }
      }
      guard index < live.count else { break }
      lengths.append(length)
      budget -= length
    }
    return lengths
  }

  /// Puts the sample aside that began last.
  private mutating func park() {
    guard var sample = live.popLast() else { return }
    counts.repeated += sample.cached.count
    decoder.cache.release(&sample.cached)
    for index in open.indices where open[index].order == sample.order && !open[index].isReady {
      // The sample that the others waited for; the next one takes its part.
      open[index].prefix = .unknown
    }
    parked.insert(sample, at: 0)
  }

  /// Gives back the pages of the prompt whose request came last; false when no prompt is held.
  private mutating func dropPrefix() -> Bool {
    for index in open.indices.reversed() {
      guard case .known(var prefix) = open[index].prefix else { continue }
      decoder.cache.release(&prefix)
      open[index].prefix = .unknown
      return true
    }
    return false
  }

  /// Holds the prompts that were computed in this step for the samples that wait for them.
  private mutating func keepPrefixes() {
    for index in open.indices where !open[index].isReady {
      let count = open[index].request.prompt.count - 1
      guard
        let leader = live.first(where: { $0.order == open[index].order && $0.cached.count >= count }
        )
      else { continue }
      open[index].prefix = .known(decoder.cache.fork(leader.cached, count: count))
    }
  }
}
