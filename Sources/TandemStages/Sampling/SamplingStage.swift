internal import Synchronization
internal import TandemJSON
internal import TandemPrompts
package import TandemRecords
internal import TandemRollouts
package import TandemShards

/// `cold` and `rescue`: what the team's models write to every problem.
///
/// `cold` reads `problems/` and asks every model for some samples of each problem. `rescue` reads `hints/` too and asks
/// each student for some samples of each of its hints: with the hint where it is given, with the cold prompt where
/// it is withheld. Model by model, the samples of all parts that are to be made are brought into the cache; then the
/// parts are written from it. So an engine has every request at hand, one model at a time is in memory, and what an
/// interrupted stage has sampled is found again.
package struct SamplingStage: Sendable {
  private static let version = 1

  private let run: RunFolder
  private let round: Round
  private let book: OrderBook
  private let store: SampleStore

  /// The stage of a round, which is cold or rescue.
  package init(
    _ round: Round, run: RunFolder, team: [SamplingModel], options: SamplingOptions,
    store: SampleStore
  ) {
    self.run = run
    self.round = round
    self.store = store
    book = OrderBook(round: round, team: team, options: options)
  }

  /// What became of a round.
  package struct Outcome: Sendable {
    package var manifest: Manifest
    /// Parts that had to be made.
    package var made: Int
    /// Samples that were computed; the others came from the cache or were up to date.
    package var sampled: Int
    /// What the models wrote, in the team's order.
    package var counts: [(model: String, count: SamplingCount)]
  }

  private var folder: String { run.traces(round) }

  /// What the stage would do.
  package struct Preview: Hashable, Sendable, CustomStringConvertible {
    package var parts: StagePreview
    /// Samples that the parts to be made need.
    package var samples = 0
    /// Those of them that are in the cache.
    package var cached = 0

    package var description: String {
      "\(parts); \(samples) samples are needed, \(cached) of them are in the cache"
    }
  }

  /// The stage as it would be done: which parts are kept and which made, and what has to be sampled for them.
  package func preview(context: StageContext) throws -> Preview {
    try refuseToReplaceImportedTraces()
    let inputs = try inputs()
    var preview = Preview(
      parts: try StagePreview(
        Trace.self, in: folder, plan: plan(), inputs: inputs, context: context))
    for part in preview.parts.missing {
      var stream = try ProblemStream(inputs, part: part)
      while let (problem, hints) = try stream.next() {
        for order in try book.orders(for: problem, hints: hints) {
          preview.samples += 1
          let isCached = try sharedCache?.contains(RolloutKey(order.request)) ?? false
          preview.cached += isCached ? 1 : 0
        }
      }
    }
    return preview
  }

  /// Samples what is missing and writes the traces.
  package func callAsFunction(context: StageContext) throws -> Outcome {
    let inputs = try inputs()
    try refuseToReplaceImportedTraces()
    let map = try PartMap(over: inputs, context: context)
    let output = try StageOutput<Trace>(folder, plan: plan(), compression: context.compression)
    let ownFolder = "\(folder)/.rollouts"
    let cache = try sharedCache ?? RolloutCache(ownFolder)
    let failures = Mutex<[RolloutKey: String]>([:])
    let monitor = SamplingMonitor(context)
    let outcome = try map.run(
      into: output,
      prepare: { parts in
        context.progress.begin(
          round.rawValue, unit: "samples", total: try total(parts, inputs: inputs))
        let failed = try fill(cache, parts: parts, inputs: inputs, monitor: monitor)
        failures.withLock { $0 = failed }
      },
      make: { index, writer in
        let failed = failures.withLock { $0 }
        try writePart(
          index, inputs: inputs, cache: cache, failures: failed, context: context, into: &writer)
      })
    try cache.flushUses()
    let counts = try SamplingCount.count(
      outcome.parts, in: folder, team: book.team.map(\.name), context: context)
    let manifest = try output.finish(parts: outcome.parts, summary: Self.summary(counts))
    // Also one that an interrupted stage left here before it was given a shared cache.
    if RolloutCache.isCache(ownFolder) { try RolloutCache.remove(ownFolder) }
    return Outcome(
      manifest: manifest, made: outcome.made, sampled: monitor.sampled, counts: counts)
  }

  private var sharedCache: RolloutCache? {
    if case .shared(let cache) = store { cache } else { nil }
  }

  // MARK: Inputs and plan

  private func inputs() throws -> [StageInput] {
    let problems = try StageInput(run.problems)
    guard round == .rescue else { return [problems] }
    let hints = try StageInput(run.hints)
    try hints.requireTeam(book.team.map(\.name))
    return [problems, hints]
  }

  /// Imported traces may come from files that are gone: they are not thrown away by sampling.
  private func refuseToReplaceImportedTraces() throws {
    guard let manifest = try? Manifest(of: folder), manifest.stage == "import" else { return }
    throw ShardError(
      folder, "was made by `import`; sample into another run, or remove the folder first")
  }

  private func plan() -> Plan {
    var options = JSONObject()
    options["samples"] = .number(book.options.samples)
    options["sampling"] = .object(book.options.parameters.json)
    options["prompt"] = .string(book.options.cold.text)
    if round == .rescue { options["hinted_prompt"] = .string(book.options.hinted.text) }
    options["models"] = .array(book.team.map(\.json))
    return Plan(
      stage: round.rawValue, stageVersion: Self.version, options: options,
      seed: book.options.seed, team: book.team.map(\.name))
  }

  private static func summary(_ counts: [(model: String, count: SamplingCount)]) -> JSONObject {
    var summary = JSONObject()
    summary["traces"] = .number(counts.reduce(0) { $0 + $1.count.traces })
    summary["models"] = .object(
      JSONObject(counts.map { .init(key: $0.model, value: $0.count.json) }))
    return summary
  }

  // MARK: Sampling

  /// Brings all samples of the parts into the cache; gives the requests that failed.
  private func fill(
    _ cache: RolloutCache, parts: [Int], inputs: [StageInput], monitor: SamplingMonitor
  ) throws -> [RolloutKey: String] {
    let filling = CacheFilling<PartRequests, SamplingMonitor>(cache, monitor: monitor)
    var failures: [RolloutKey: String] = [:]
    for model in book.team {
      let requests = PartRequests(inputs, parts: parts, book: book, model: model)
      failures.merge(try filling(requests, with: model.engine)) { first, _ in first }
    }
    return failures
  }

  private func total(_ parts: [Int], inputs: [StageInput]) throws -> Int {
    var total = 0
    for part in parts {
      var stream = try ProblemStream(inputs, part: part)
      while let (_, hints) = try stream.next() {
        for model in book.team { total += book.count(hints: hints, model: model) }
      }
    }
    return total
  }

  private func writePart(
    _ index: Int, inputs: [StageInput], cache: RolloutCache, failures: [RolloutKey: String],
    context: StageContext, into writer: inout PartWriter<Trace>
  ) throws {
    var stream = try ProblemStream(inputs, part: index)
    while let (problem, hints) = try stream.next() {
      for order in try book.orders(for: problem, hints: hints) {
        try writer.write(order.trace(try outcome(of: order, cache: cache, failures: failures)))
      }
      context.progress.advance(1)
      try context.cancellation.check()
    }
  }

  private func outcome(of order: SampleOrder, cache: RolloutCache, failures: [RolloutKey: String])
    throws -> RolloutOutcome
  {
    if !failures.isEmpty, let reason = failures[RolloutKey(order.request)] {
      return .failure(reason)
    }
    guard let sample = try cache.sample(order.request) else {
      throw RolloutError(
        cache.folder, "has lost a sample while \(round.rawValue) was running; run it again")
    }
    return .sample(sample)
  }
}
