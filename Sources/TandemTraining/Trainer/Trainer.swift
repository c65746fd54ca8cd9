internal import TandemJSON
internal import TandemLM
internal import TandemRecords
internal import TandemShards

extension TrainingJob {
  static let manifestName = "training.json"

  /// Trains, or goes on where an earlier process stopped, and writes the result.
  ///
  /// The same job gives the same bytes, however often it was stopped and whatever the number of threads.
  ///
  /// - Parameters:
  ///   - isCancelled: asked between two steps; then the state is kept.
  ///   - report: hears what happens.
  /// - Throws: `Interrupted` when cancelled; ``TrainingError``, `ModelError` or `ShardError` naming what is wrong.
  package func run(
    isCancelled: () -> Bool = { false }, report: (TrainingEvent) -> Void
  ) throws -> TrainingOutcome {
    let lock = try FolderLock(output)
    defer { withExtendedLifetime(lock) {} }
    let identity = try identity()
    if let outcome = try finished(identity) { return outcome }
    let memory = try checkMemory(report)
    let decoder = try makeDecoder()
    var trainer = try Trainer(
      job: self, decoder: decoder, identity: identity, report: report)
    report(.begins(steps: stepCount, from: trainer.position.step, memory: memory))
    let last = try trainer.run(isCancelled: isCancelled, report: report)
    try write(decoder, identity, last)
    return TrainingOutcome(wasDone: false, steps: stepCount, last: last)
  }

  private func identity() throws -> TrainingIdentity {
    TrainingIdentity(
      data: data.digest,
      base: startsFresh ? "random weights" : try WeightsDigest.model(folder: model),
      initialAdapter: try initialAdapter.map { try WeightsDigest.adapter(folder: $0) },
      options: options)
  }

  /// The outcome of a run that has nothing left to do.
  private func finished(_ identity: TrainingIdentity) throws -> TrainingOutcome? {
    let path = output + "/" + Self.manifestName
    guard Folder.exists(path) else { return nil }
    let file = try InputFile(path)
    guard let json = try? JSONValue(parsing: try file.bytes(at: 0, count: file.size)),
      let facts = json.object?["identity"], let earlier = TrainingIdentity(facts)
    else { throw TrainingError(path, "is damaged; remove it to train again") }
    if let difference = identity.difference(from: earlier) {
      throw TrainingError(
        output,
        "holds the result of another run: \(difference); give another --out, or remove it")
    }
    return TrainingOutcome(wasDone: true, steps: stepCount)
  }

  /// The memory that the run will take at its peak.
  package func memoryEstimate() throws -> MemoryEstimate {
    MemoryEstimate(
      try ModelConfiguration(folder: model), adapter: options.adapter, size: workspaceSize(),
      threads: workers.threads)
  }

  private func checkMemory(_ report: (TrainingEvent) -> Void) throws -> MemoryEstimate {
    let configuration = try ModelConfiguration(folder: model)
    let memory = try memoryEstimate()
    if let available = MemoryEstimate.available, memory.total > available {
      let gibibyte = 1_073_741_824.0
      let largest =
        memory.activations > memory.weights + memory.trained
        ? "give a smaller --token-budget or --recompute-layers" : "take a smaller model"
      throw TrainingError(
        "the run needs \((Double(memory.total) / gibibyte).rounded(1)) GiB and "
          + "\((Double(available) / gibibyte).rounded(1)) are free: \(largest)")
    }
    if data.counts.longest > configuration.maximumPositions {
      report(
        .warning(
          .beyondPositions(
            longest: data.counts.longest, positions: configuration.maximumPositions)))
    }
    return memory
  }

  /// The model with the parameters that a run begins with.
  func makeDecoder() throws -> Decoder {
    let configuration = try ModelConfiguration(folder: model)
    let checkpoint = startsFresh ? nil : try Checkpoint(folder: model)
    let training: Decoder.Training = options.adapter.map { .adapter($0) } ?? .everything
    let decoder = try Decoder(
      configuration, checkpoint: checkpoint, training: training, positions: data.counts.longest,
      workers: workers)
    if let initialAdapter {
      decoder.parameters.take(try Adapter(folder: initialAdapter, for: configuration))
    } else if options.adapter != nil {
      decoder.parameters.drawAdapter(seed: options.seed)
    } else if startsFresh {
      decoder.parameters.drawModel(seed: options.seed)
    }
    return decoder
  }

  /// Writes what was trained, the manifest last, and takes the run's own files away.
  private func write(_ decoder: Decoder, _ identity: TrainingIdentity, _ last: StepMetrics?) throws
  {
    let parameters = decoder.parameters
    if let adapter = options.adapter {
      try AdapterFolder(path: output, plan: adapter, baseName: modelName).write(parameters)
    } else {
      let tensors = parameters.entries.map { entry in
        SafetensorsWriter.Tensor(
          name: entry.name, type: .f32, shape: entry.shape, bytes: parameters.bytes(of: entry))
      }
      try ModelFolder(path: output, base: model).write(tensors)
    }
    let card = ModelCard(
      baseName: modelName, isAdapter: options.adapter != nil,
      facts: options.facts, data: data, last: last)
    try AtomicFile.write(card.text, to: output + "/README.md")
    let weights =
      options.adapter == nil ? ModelFolder.weightsName : AdapterFolder.weightsName
    let manifest: JSONValue = [
      "stage": "train", "identity": identity.json, "steps": .number(stepCount),
      "examples": .number(data.sequenceCount), "problems": .number(data.problemCount),
      "weights": .string(weights),
      "sha256": .string(try InputFile(output + "/" + weights).sha256()),
      "last": last?.json ?? .null,
    ]
    try AtomicFile.write(manifest.json + "\n", to: output + "/" + Self.manifestName)
    for name in [TrainerState.fileName, ScoreFile.fileName] {
      try Folder.removeFile(output + "/" + name)
    }
  }
}

/// The loop over updates.
struct Trainer: ~Copyable {
  private let job: TrainingJob
  private let update: Update
  private let optimiser: AdamW
  private let state: TrainerState
  private let log: MetricsLog
  private(set) var position: TrainerState.Position

  init(
    job: TrainingJob, decoder: Decoder, identity: TrainingIdentity,
    report: (TrainingEvent) -> Void
  ) throws {
    let workspace = try decoder.workspace(job.workspaceSize())
    var data = job.data
    let scores = try Self.scores(job, decoder, workspace, identity, report)
    if let behaviour = scores["behaviour"] { data.setBehaviour(behaviour) }
    let optimiser = try AdamW(job.options.adamW, count: decoder.parameters.count)
    let state = TrainerState(folder: job.output, identity: identity)
    let position = try state.load(decoder.parameters, optimiser)
    let log = try MetricsLog(folder: job.output, keeping: position.step)
    self.job = job
    self.optimiser = optimiser
    self.state = state
    self.position = position
    self.log = log
    update = Update(
      decoder: decoder, workspace: workspace, objective: job.options.resolvedObjective(),
      data: data, reference: scores["reference"], maxGenerated: job.options.maxGenerated)
  }

  /// The logprobs that the updates compare with, by kind: from the file, or made by the model as it begins.
  private static func scores(
    _ job: TrainingJob, _ decoder: Decoder, _ workspace: Workspace, _ identity: TrainingIdentity,
    _ report: (TrainingEvent) -> Void
  ) throws -> [String: [[Float]]] {
    var kinds: [(name: String, usesAdapter: Bool)] = []
    if job.data.lacksBehaviour { kinds.append(("behaviour", true)) }
    if job.options.resolvedBeta != 0 { kinds.append(("reference", false)) }
    guard !kinds.isEmpty else { return [:] }
    let file = ScoreFile(folder: job.output, identity: identity)
    var scores: [String: [[Float]]] = [:]
    for kind in kinds { scores[kind.name] = file.load(kind.name, like: job.data) }
    guard scores.count < kinds.count else { return scores }
    report(.scoring(sequences: job.data.sequenceCount))
    let pass = LogprobPass(
      decoder: decoder, data: job.data, tokenBudget: job.options.tokenBudget)
    for kind in kinds { scores[kind.name] = pass(usesAdapter: kind.usesAdapter, workspace) }
    try file.save(scores)
    return scores
  }

  /// Takes all steps that are left.
  ///
  /// - Returns: the metrics of the last; nil when none was left.
  mutating func run(isCancelled: () -> Bool, report: (TrainingEvent) -> Void) throws -> StepMetrics?
  {
    let (total, plan) = (job.stepCount, job.plan)
    var last: StepMetrics?
    var order = plan.order(ofEpoch: position.step / plan.stepsPerEpoch)
    if position.step == 0 { warn(report) }
    while position.step < total {
      if isCancelled() {
        try save(report)
        throw Interrupted()
      }
      if position.step % plan.stepsPerEpoch == 0 {
        order = plan.order(ofEpoch: position.step / plan.stepsPerEpoch)
      }
      let metrics = try step(job.sequences(at: position.step, order: order), of: total)
      try log.append(metrics)
      report(.step(metrics))
      try check(metrics, report)
      position.step += 1
      if position.step % job.options.saveEvery == 0, position.step < total { try save(report) }
      last = metrics
    }
    return last
  }

  private func step(_ sequences: [Int], of total: Int) throws -> StepMetrics {
    let (options, decoder) = (job.options, update.decoder)
    let microBatches = MicroBatches.cut(
      sequences, of: update.data, budget: options.tokenBudget)
    let tally: UpdateTally
    let norm: Double
    do throws(TrainingError) {
      tally = try update(sequences, cut: microBatches)
      norm = decoder.parameters.gradientNorm(decoder.workers)
      guard norm.isFinite else { throw TrainingError("the gradient is not finite") }
    } catch {
      throw TrainingError(
        job.output, "step \(position.step + 1): \(error.message); the last checkpoint is kept")
    }
    let rate = options.learningRate.rate(position.step, of: total)
    optimiser.update(
      decoder.parameters, rate: rate,
      scale: ParameterStore.clipping(norm: norm, limit: options.clipNorm), decoder.workers)
    var metrics = StepMetrics(
      tally, step: position.step + 1, epoch: position.step / job.plan.stepsPerEpoch + 1,
      learningRate: rate, gradientNorm: norm)
    metrics.microBatches = microBatches.count
    metrics.tokens = sequences.reduce(0) { $0 + update.data.sequences[$1].tokens.count }
    return metrics
  }

  /// Stops a run whose traces no longer fit the model.
  private mutating func check(_ metrics: StepMetrics, _ report: (TrainingEvent) -> Void) throws {
    if metrics.step == 1, let share = metrics.outsideShare, share > Self.usualShareOutside {
      report(.warning(.mismatch(shareOutside: share)))
    }
    let limit = job.options.minESS
    guard let share = metrics.effectiveShare, share < limit else {
      position.staleSteps = 0
      return
    }
    position.staleSteps += 1
    guard position.staleSteps >= 2 else {
      return report(.warning(.stale(share: share, limit: limit)))
    }
    throw TrainingError(
      job.output,
      "step \(metrics.step): the effective sample size is \(share.rounded(3)), below \(limit) in two steps in a row: "
        + "the traces are stale or were sampled from another distribution; sample anew, or see --behaviour and --min-ess"
    )
  }

  /// Engines differ in rounding: more tokens outside than this before the first step have another cause.
  private static let usualShareOutside = 0.02

  private func save(_ report: (TrainingEvent) -> Void) throws {
    try state.save(position, update.decoder.parameters, optimiser)
    report(.saved(step: position.step))
  }

  private func warn(_ report: (TrainingEvent) -> Void) {
    let counts = job.data.counts
    if job.options.objective == .policyGradient,
      counts.zeroAdvantage == job.data.sequenceCount
    {
      report(.warning(.noSignal(examples: counts.zeroAdvantage)))
    }
    if counts.truncated > 0 {
      report(
        .warning(.truncated(examples: counts.truncated, of: job.data.sequenceCount)))
    }
  }
}
