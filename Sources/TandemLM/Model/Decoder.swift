internal import TandemMath

/// A model at work: its cache, its threads and the memory of a step.
struct Decoder: ~Copyable {
  let model: Model
  var cache: KeyValueCache
  let workers: Workers
  let workspace: Workspace
  private let adapter: PackedAdapter?
  private let rotary: RotaryEmbedding
  private let attention: Attention

  /// - Parameters:
  ///   - tokens: the tokens of a step at most.
  /// - Throws: ``ModelError``, `MemoryError`.
  init(
    model: Model, adapter: Adapter?, cacheBytes: Int, tokens: Int, threads: Int,
    positionsPerPage: Int = 32
  ) throws {
    let configuration = model.configuration
    let workers = Workers(threads: threads)
    let packed = try adapter.map { try PackedAdapter($0, configuration, workers: workers) }
    let size = try KeyValueCache.Size(
      configuration, bytes: cacheBytes, positionsPerPage: positionsPerPage)
    let scaling = configuration.rotaryScaling
    let rotary = try RotaryEmbedding(
      inverseFrequencies: scaling.inverseFrequencies(
        theta: configuration.rotaryTheta, headSize: configuration.headSize
      ).map { Float($0) },
      positions: min(configuration.maximumPositions, size.capacity),
      attentionFactor: Float(scaling.attentionFactor))
    let workspace = try Workspace(configuration, tokens: tokens, rank: adapter?.rank ?? 0)
    let cache = try KeyValueCache(size)
    attention = Attention(
      layout: size.layout, queryHeads: configuration.headCount,
      scale: Float(1 / Double(configuration.headSize).squareRoot()))
    self.cache = cache
    self.model = model
    self.workers = workers
    self.adapter = packed
    self.workspace = workspace
    self.rotary = rotary
  }

  /// Takes chunks through the model and writes their keys and values into their pages.
  ///
  /// - Parameters:
  ///   - chunks: at most as many tokens together as the workspace has room for.
  ///   - consume: receives the logits of the wanted rows, some rows at a time, with the number of the first among all
  ///     wanted rows; they may be changed.
  func forward(_ chunks: [Chunk], consume: (_ first: Int, _ logits: Rows) -> Void) {
    let step = StepRows(chunks)
    guard step.count > 0 else { return }
    let x = workspace.residual(step.count)
    for (row, token) in step.tokens.enumerated() { model.embedding.copyRow(Int(token), to: x[row]) }
    for index in model.layers.indices.dropLast() {
      attend(index, step, x)
      feedForward(index, x)
    }
    // Of the last layer, what needs no logits needs only its keys and values.
    attend(model.layers.count - 1, step, x, isLast: true)
    let wanted = x.rows(0..<step.wanted.count)
    guard wanted.count > 0 else { return }
    feedForward(model.layers.count - 1, wanted)
    logits(wanted, consume)
  }
}

// MARK: - A layer

extension Decoder {
  /// Adds attention to the residual stream; in the last layer for the wanted rows alone, which move up.
  private func attend(_ index: Int, _ step: StepRows, _ x: Rows, isLast: Bool = false) {
    let configuration = model.configuration
    let layer = model.layers[index]
    let h = workspace.normed(step.count)
    let epsilon = Float(configuration.normEpsilon)
    RMSNorm(weight: layer.inputNorm, epsilon: epsilon)(x, into: h, on: workers)
    let all = workspace.queryKeyValue(step.count)
    layer.queryKeyValue.multiply(
      h, plus: layer.queryKeyValueBias, into: all, precision: precision(layer.queryKeyValue),
      on: workers)
    let (q, kv) = (configuration.queryWidth, configuration.keyValueWidth)
    let queries = all.columns(0..<q)
    let keys = all.columns(q..<q + kv)
    let values = all.columns(q + kv..<q + 2 * kv)
    adapt(.query, index, h, queries)
    adapt(.key, index, h, keys)
    adapt(.value, index, h, values)
    if let norm = layer.queryNorm {
      RMSNorm(weight: norm, epsilon: epsilon).normalizeHeads(of: queries, on: workers)
    }
    if let norm = layer.keyNorm {
      RMSNorm(weight: norm, epsilon: epsilon).normalizeHeads(of: keys, on: workers)
    }
    step.positions.withUnsafeBufferPointer { positions in
      rotary.rotate(queries, positions: positions, on: workers)
      rotary.rotate(keys, positions: positions, on: workers)
    }
    let pages = cache.pages(layer: index)
    step.withSegments { segments in
      for segment in segments {
        let rows = segment.firstRow..<segment.firstRow + segment.count
        cache.layout.write(
          keys: keys.rows(rows), values: values.rows(rows), firstPosition: segment.firstPosition,
          to: pages, table: segment.table)
      }
    }
    let count = isLast ? step.wanted.count : step.count
    guard count > 0 else { return }
    if isLast {
      moveUp(step.wanted, of: queries)
      moveUp(step.wanted, of: x)
    }
    let attended = workspace.attended(count)
    step.withSegments(wanted: isLast) { segments in
      attention(
        queries.rows(0..<count), segments: segments, cache: pages, into: attended, on: workers)
    }
    add(layer.output, layer.outputBias, attended, to: x.rows(0..<count))
    adapt(.output, index, attended, x.rows(0..<count))
  }

  private func feedForward(_ index: Int, _ x: Rows) {
    let layer = model.layers[index]
    let width = model.configuration.intermediateSize
    let h = workspace.normed(x.count)
    RMSNorm(weight: layer.innerNorm, epsilon: Float(model.configuration.normEpsilon))(
      x, into: h, on: workers)
    let both = workspace.inner(x.count)
    layer.gateUp.multiply(
      h, plus: layer.gateUpBias, into: both, precision: precision(layer.gateUp), on: workers)
    let gate = both.columns(0..<width)
    let up = both.columns(width..<2 * width)
    adapt(.gate, index, h, gate)
    adapt(.up, index, h, up)
    siluMultiply(gate: gate, up: up, into: gate, on: workers)
    add(layer.down, layer.downBias, gate, to: x)
    adapt(.down, index, gate, x)
  }

  /// Adds a matrix's product, and its bias where it has one, to the residual stream.
  private func add(_ matrix: PackedMatrix, _ bias: Vector?, _ input: Rows, to x: Rows) {
    guard let bias else {
      matrix.multiplyAdding(input, into: x, precision: precision(matrix), on: workers)
      return
    }
    let product = workspace.normed(x.count)
    matrix.multiply(input, plus: bias, into: product, precision: precision(matrix), on: workers)
    TandemMath.add(product, to: x, on: workers)
  }

  /// Moves rows to the front; safe because they are in ascending order.
  private func moveUp(_ wanted: [Int], of rows: Rows) {
    for (target, source) in wanted.enumerated() where target != source {
      _ = rows[target].update(fromContentsOf: rows[source])
    }
  }

  private func adapt(_ projection: Projection, _ layer: Int, _ input: Rows, _ output: Rows) {
    adapter?.add(
      projection, layer: layer, from: input, to: output, hidden: workspace.adapterHidden,
      on: workers)
  }

  private func precision(_ matrix: PackedMatrix) -> Precision {
    matrix.storage == .bfloat16 ? model.precision : .float32
  }
}

// MARK: - Logits

extension Decoder {
  private func logits(_ x: Rows, _ consume: (Int, Rows) -> Void) {
    let norm = RMSNorm(
      weight: model.finalNorm, epsilon: Float(model.configuration.normEpsilon))
    for first in stride(from: 0, to: x.count, by: workspace.logitRows) {
      let range = first..<min(first + workspace.logitRows, x.count)
      let h = workspace.normed(range.count)
      norm(x.rows(range), into: h, on: workers)
      let logits = workspace.logits(range.count)
      model.head.multiply(h, into: logits, precision: precision(model.head), on: workers)
      consume(first, logits)
    }
  }
}
