package import TandemLM

/// Which matrices get an adapter, and of what size.
package struct AdapterPlan: Hashable, Sendable {
  package var rank: Int
  package var alpha: Double
  /// Whether B (A x) is multiplied with alpha / sqrt(rank) instead of alpha / rank.
  package var isStabilised: Bool
  package var targets: Set<Projection>

  /// A plan; the sizes that the method names are the defaults.
  package init(
    rank: Int = 16, alpha: Double = 32, isStabilised: Bool = false,
    targets: Set<Projection> = Set(Projection.allCases)
  ) {
    self.rank = rank
    self.alpha = alpha
    self.isStabilised = isStabilised
    self.targets = targets
  }

  /// The plan of an adapter at hand.
  ///
  /// - Throws: ``TrainingError`` when its layers differ in what they adapt.
  package init(_ adapter: Adapter) throws(TrainingError) {
    let targets = Set(adapter.layers.first.map { Array($0.keys) } ?? [])
    guard adapter.layers.allSatisfy({ Set($0.keys) == targets }) else {
      throw TrainingError(
        "the adapter has other matrices in one layer than in another; such adapters cannot be trained on"
      )
    }
    self.init(
      rank: adapter.rank, alpha: Double(adapter.scale) * Double(adapter.rank), targets: targets)
  }

  /// What B (A x) is multiplied with.
  package var scale: Double {
    isStabilised ? alpha / Double(rank).squareRoot() : alpha / Double(rank)
  }

  /// The tensors: of every stack all A, then all B.
  func tensors(_ configuration: ModelConfiguration) -> [TensorShape] {
    var tensors: [TensorShape] = []
    for layer in 0..<configuration.layerCount {
      for stack in ProjectionStack.allCases {
        let projections = stack.projections.filter(targets.contains)
        tensors += projections.map {
          TensorShape(
            name: Adapter.tensorName($0.module(layer: layer), "A"),
            sizes: [rank, $0.shape(configuration).inputs])
        }
        tensors += projections.map {
          TensorShape(
            name: Adapter.tensorName($0.module(layer: layer), "B"),
            sizes: [$0.shape(configuration).outputs, rank])
        }
      }
    }
    return tensors
  }

  /// The thin matrices of one stack of a layer; nil when none of its projections has any.
  func lowRank(
    _ stack: ProjectionStack, layer: Int, _ configuration: ModelConfiguration,
    in store: ParameterStore
  ) -> LowRank? {
    var parts: [LowRank.Part] = []
    var names: [String] = []
    var outputs = 0
    for projection in stack.projections {
      let shape = projection.shape(configuration)
      defer { outputs += shape.outputs }
      guard targets.contains(projection) else { continue }
      let module = projection.module(layer: layer)
      parts.append(
        LowRank.Part(
          outputs: outputs..<outputs + shape.outputs,
          ranks: names.count * rank..<(names.count + 1) * rank,
          b: store.parameter([Adapter.tensorName(module, "B")], columns: rank)))
      names.append(Adapter.tensorName(module, "A"))
    }
    guard let first = stack.projections.first, !parts.isEmpty else { return nil }
    return LowRank(
      a: store.parameter(names, columns: first.shape(configuration).inputs), parts: parts,
      scale: Float(scale))
  }
}
