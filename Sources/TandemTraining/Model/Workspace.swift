internal import TandemLM

/// The memory of one micro-batch: what layers keep for the way back, and what they need for a moment.
final class Workspace {
  /// What a layer keeps, for as many rows as the micro-batch has.
  struct Layer {
    /// Of the norm before the attention, `[rows, 1]`.
    let inputInverse: Matrix
    /// q, k and v as the attention sees them, `[rows, queryWidth + 2 * keyWidth]`.
    let queryKeyValue: Matrix
    /// q and k before their norms, `[rows, queryWidth + keyWidth]`; no columns without these norms.
    let rawQueryKey: Matrix
    /// Of the norms of heads, `[rows, heads + keyValueHeads]`.
    let headInverse: Matrix
    /// `[rows, heads]`.
    let logSums: Matrix
    /// What the attention gives, `[rows, queryWidth]`.
    let attended: Matrix
    /// The residual stream between attention and feed-forward, `[rows, hidden]`.
    let middle: Matrix
    /// Of the norm before the feed-forward, `[rows, 1]`.
    let postInverse: Matrix
    /// `[rows, 2 * intermediate]`.
    let gateUp: Matrix
    /// The adapters' inner products, `[rows, ranks]` each.
    let inner: [ProjectionStack: Matrix]
  }

  /// What only lives while one layer is computed.
  struct Scratch {
    /// `[rows, hidden]`.
    let normed, dNormed, dStream: Matrix
    /// `[rows, intermediate]`.
    let activated: Matrix
    /// `[rows, 2 * intermediate]`.
    let dGateUp: Matrix
    /// `[rows, queryWidth]`.
    let dAttended: Matrix
    /// `[rows, queryWidth + 2 * keyWidth]`.
    let dQueryKeyValue: Matrix
    /// `[rows, ranks]` of each stack.
    let dInner: [ProjectionStack: Matrix]
    /// One row a lane.
    let lanes: Matrix
  }

  /// The scored rows.
  struct Scored {
    /// The residual stream, `[targets, hidden]`.
    let stream: Matrix
    /// `[targets, 1]`.
    let inverse: Matrix
    /// `[targets, hidden]`.
    let normed, slopes: Matrix
  }

  private let memory: FloatMemory
  private let layout: Layout
  /// Whether layers share the memory of one, to be computed again on the way back.
  let recomputesLayers: Bool

  /// Reserves memory for micro-batches up to `size`.
  init(_ model: ModelConfiguration, ranks: [ProjectionStack: Int], size: WorkspaceSize, lanes: Int)
    throws(TrainingError)
  {
    layout = Layout(model, ranks: ranks, size: size, lanes: lanes)
    memory = try FloatMemory(count: layout.count)
    recomputesLayers = size.recomputesLayers
  }

  /// The number of numbers that a workspace holds.
  static func count(
    _ model: ModelConfiguration, ranks: [ProjectionStack: Int], size: WorkspaceSize, lanes: Int
  ) -> Int {
    Layout(model, ranks: ranks, size: size, lanes: lanes).count
  }

  /// The residual stream before a layer; the last is behind all layers.
  func stream(_ index: Int, rows: Int) -> Matrix {
    layout.streams[index].matrix(in: memory, rows: rows)
  }

  /// What layer number `index` keeps.
  func layer(_ index: Int, rows: Int) -> Layer {
    let slots = layout.layers[index % layout.layers.count]
    let stacks = 9
    func view(_ slot: Int) -> Matrix { slots[slot].matrix(in: memory, rows: rows) }
    var inner: [ProjectionStack: Matrix] = [:]
    for (offset, stack) in ProjectionStack.allCases.enumerated() {
      inner[stack] = view(stacks + offset)
    }
    return Layer(
      inputInverse: view(0), queryKeyValue: view(1), rawQueryKey: view(2), headInverse: view(3),
      logSums: view(4), attended: view(5), middle: view(6), postInverse: view(7), gateUp: view(8),
      inner: inner)
  }

  /// What layers share.
  func scratch(rows: Int) -> Scratch {
    let slots = layout.scratch
    func view(_ slot: Int) -> Matrix { slots[slot].matrix(in: memory, rows: rows) }
    var inner: [ProjectionStack: Matrix] = [:]
    for (offset, stack) in ProjectionStack.allCases.enumerated() { inner[stack] = view(7 + offset) }
    return Scratch(
      normed: view(0), dNormed: view(1), dStream: view(2), activated: view(3),
      dGateUp: view(4), dAttended: view(5), dQueryKeyValue: view(6),
      dInner: inner, lanes: layout.lanes.matrix(in: memory, rows: layout.lanes.rows))
  }

  /// The scored rows.
  func scored(_ count: Int) -> Scored {
    func view(_ slot: Int) -> Matrix { layout.scored[slot].matrix(in: memory, rows: count) }
    return Scored(stream: view(0), inverse: view(1), normed: view(2), slopes: view(3))
  }
}

/// Where everything stands in the memory.
private struct Layout {
  struct Slot {
    let offset: Int
    let rows: Int
    let columns: Int

    func matrix(in memory: FloatMemory, rows: Int) -> Matrix {
      precondition(rows <= self.rows, "\(rows) rows in a workspace for \(self.rows)")
      return Matrix(memory, offset: offset, rows: rows, columns: columns)
    }
  }

  private(set) var count = 0
  private(set) var streams: [Slot] = []
  private(set) var layers: [[Slot]] = []
  private(set) var scratch: [Slot] = []
  private(set) var scored: [Slot] = []
  private(set) var lanes = Slot(offset: 0, rows: 0, columns: 0)

  init(_ model: ModelConfiguration, ranks: [ProjectionStack: Int], size: WorkspaceSize, lanes: Int)
  {
    let attention = Attention(model)
    let (hidden, inner) = (model.hiddenSize, model.intermediateSize)
    let (query, key) = (attention.queryWidth, attention.keyWidth)
    let normed = model.queryNorm
    let stacks = ProjectionStack.allCases.map { ranks[$0] ?? 0 }
    let layer =
      [
        1, query + 2 * key, normed ? query + key : 0,
        normed ? model.headCount + model.keyValueHeadCount : 0, model.headCount, query, hidden, 1,
        2 * inner,
      ] + stacks
    streams = (0...model.layerCount).map { _ in reserve(size.rows, hidden) }
    layers = (0..<(size.recomputesLayers ? 1 : model.layerCount)).map { _ in
      layer.map { reserve(size.rows, $0) }
    }
    scratch =
      ([
        hidden, hidden, hidden, inner, 2 * inner, query, query + 2 * key,
      ] + stacks).map { reserve(size.rows, $0) }
    scored = [hidden, 1, hidden, hidden].map { reserve(size.targets, $0) }
    self.lanes = reserve(
      lanes, max(attention.scratchSize(longest: size.longest), Head.scratchSize))
  }

  /// Slots begin on whole lines of the cache.
  private mutating func reserve(_ rows: Int, _ columns: Int) -> Slot {
    defer { count += (rows * columns + 15) / 16 * 16 }
    return Slot(offset: count, rows: rows, columns: columns)
  }
}
