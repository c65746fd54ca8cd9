internal import TandemLM

/// A language model that can be trained: its adapter, or all of it.
final class Decoder {
  /// What is trained.
  enum Training {
    case adapter(AdapterPlan)
    case everything
  }

  let configuration: ModelConfiguration
  /// What is trained.
  let parameters: ParameterStore
  let workers: Workers
  private let embedding: Embedding
  private let layers: [DecoderLayer]
  private let finalNorm: RMSNorm
  private let head: Head
  private let rotary: Rotary
  private let trainsEverything: Bool

  /// Takes up a checkpoint's weights, widened to 32 bits.
  ///
  /// - Parameters:
  ///   - checkpoint: nil leaves the weights of a model that is trained from nothing at zero.
  ///   - positions: tokens of the longest sequence.
  /// - Throws: `ModelError` naming the tensor at fault, or ``TrainingError`` for lack of memory.
  init(
    _ configuration: ModelConfiguration, checkpoint: Checkpoint?, training: Training,
    positions: Int, workers: Workers
  ) throws {
    self.configuration = configuration
    self.workers = workers
    var builder: DecoderBuilder
    switch training {
    case .everything:
      parameters = try ParameterStore(ModelTensors.all(configuration))
      if let checkpoint {
        for entry in parameters.entries {
          try checkpoint.read(
            entry.name, shape: entry.shape, into: parameters.values.base + entry.range.lowerBound)
        }
      }
      trainsEverything = true
      builder = DecoderBuilder(configuration, place: .trained(parameters))
    case .adapter(let plan):
      guard let checkpoint else { throw TrainingError("an adapter needs a model to adapt") }
      parameters = try ParameterStore(plan.tensors(configuration))
      trainsEverything = false
      builder = DecoderBuilder(configuration, place: .frozen(checkpoint))
      builder.adapter = (plan, parameters)
    }
    embedding = try builder.embedding()
    layers = try (0..<configuration.layerCount).map { try builder.layer($0) }
    finalNorm = try builder.norm(ModelTensors.finalNorm, configuration.hiddenSize)
    head = try builder.head(tiedTo: embedding)
    rotary = try Rotary(configuration, positions: positions)
  }

  /// The widths of the adapters' inner products.
  var ranks: [ProjectionStack: Int] {
    guard let layer = layers.first else { return [:] }
    return [
      .queryKeyValue: layer.queryKeyValue.ranks, .output: layer.output.ranks,
      .gateUp: layer.gateUp.ranks, .down: layer.down.ranks,
    ]
  }

  /// Memory for micro-batches up to a size.
  func workspace(_ size: WorkspaceSize) throws(TrainingError) -> Workspace {
    try Workspace(configuration, ranks: ranks, size: size, lanes: workers.threads)
  }

  /// Scores the targets of a batch.
  ///
  /// - Parameters:
  ///   - usesAdapter: false gives the scores of the model without its adapter.
  ///   - prepares: whether ``backward(_:_:scores:coefficients:)`` will follow.
  func forward(
    _ batch: PackedBatch, _ workspace: Workspace, usesAdapter: Bool = true, prepares: Bool = true
  ) -> Head.Scores {
    let rows = batch.tokens.count
    let pass = layerPass(batch, workspace, usesAdapter: usesAdapter)
    embedding.forward(batch.tokens, into: workspace.stream(0, rows: rows), workers)
    for (index, layer) in layers.enumerated() {
      layer.forward(
        workspace.stream(index, rows: rows), memory: workspace.layer(index, rows: rows),
        into: workspace.stream(index + 1, rows: rows), pass)
    }
    let last = workspace.stream(layers.count, rows: rows)
    let scored = workspace.scored(batch.targets.count)
    for (index, source) in batch.sources.enumerated() {
      scored.stream.row(index).update(from: last.row(source), count: last.columns)
    }
    finalNorm.forward(scored.stream, inverse: scored.inverse, into: scored.normed, workers)
    scored.normed.scaleRows(batch.logitScales)
    return head.forward(
      scored.normed, targets: batch.targets, slopes: prepares ? scored.slopes : nil,
      scratch: pass.scratch.lanes, workers)
  }

  /// Adds the gradient of a loss to that of the parameters.
  ///
  /// - Parameters:
  ///   - batch: the one of the last ``forward(_:_:usesAdapter:prepares:)``, as is the workspace.
  ///   - coefficients: dL/dlogp of every target.
  func backward(
    _ batch: PackedBatch, _ workspace: Workspace, scores: Head.Scores, coefficients: [Float]
  ) {
    let rows = batch.tokens.count
    let pass = layerPass(batch, workspace, usesAdapter: true)
    let scored = workspace.scored(batch.targets.count)
    head.backward(
      scored.normed, targets: batch.targets, logSums: scores.logSums, coefficients: coefficients,
      scratch: pass.scratch.lanes, workers)
    scored.slopes.scaleRows(coefficients)
    scored.slopes.scaleRows(batch.logitScales)
    finalNorm.backward(
      scored.slopes, x: scored.stream, inverse: scored.inverse, into: scored.slopes, adding: false,
      workers)
    let d = pass.scratch.dStream
    d.fill(0)
    for (index, source) in batch.sources.enumerated() {
      d.row(source).update(from: scored.slopes.row(index), count: d.columns)
    }
    for (index, layer) in layers.enumerated().reversed() {
      let x = workspace.stream(index, rows: rows)
      let memory = workspace.layer(index, rows: rows)
      if workspace.recomputesLayers { layer.forward(x, memory: memory, into: nil, pass) }
      layer.backward(
        d, x: x, memory: memory, isFirst: index == 0 && !trainsEverything, pass)
    }
    embedding.backward(d, tokens: batch.tokens, workers)
  }

  private func layerPass(_ batch: PackedBatch, _ workspace: Workspace, usesAdapter: Bool)
    -> LayerPass
  {
    LayerPass(
      positions: batch.positions, sequences: batch.sequences, rotary: rotary,
      scratch: workspace.scratch(rows: batch.tokens.count), usesAdapter: usesAdapter,
      workers: workers)
  }
}
