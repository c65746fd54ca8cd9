internal import TandemLM

/// Puts the layers of a model together from where their weights are.
struct DecoderBuilder {
  private let configuration: ModelConfiguration
  private let place: WeightPlace
  var adapter: (plan: AdapterPlan, store: ParameterStore)?

  init(_ configuration: ModelConfiguration, place: WeightPlace) {
    self.configuration = configuration
    self.place = place
  }

  func embedding() throws -> Embedding {
    let table = try place.matrices(
      [(ModelTensors.embedding, configuration.vocabularySize)], columns: configuration.hiddenSize)
    return Embedding(table: table.value, gradient: table.gradient)
  }

  func head(tiedTo embedding: Embedding) throws -> Head {
    if configuration.tiedEmbeddings {
      return Head(weight: embedding.table, gradient: embedding.gradient)
    }
    let table = try place.matrices(
      [(ModelTensors.head, configuration.vocabularySize)], columns: configuration.hiddenSize)
    return Head(weight: table.value, gradient: table.gradient)
  }

  func norm(_ name: String, _ size: Int) throws -> RMSNorm {
    let weight = try place.vectors([(name, size)])
    return RMSNorm(
      weight: weight.value, gradient: weight.gradient, epsilon: Float(configuration.normEpsilon))
  }

  func layer(_ index: Int) throws -> DecoderLayer {
    var headNorms: (query: RMSNorm, key: RMSNorm)?
    if configuration.queryNorm {
      headNorms = (
        try norm(ModelTensors.queryNorm(index), configuration.headSize),
        try norm(ModelTensors.keyNorm(index), configuration.headSize)
      )
    }
    return DecoderLayer(
      inputNorm: try norm(ModelTensors.inputNorm(index), configuration.hiddenSize),
      queryKeyValue: try linear(.queryKeyValue, index), headNorms: headNorms,
      attention: Attention(configuration), output: try linear(.output, index),
      postNorm: try norm(ModelTensors.postNorm(index), configuration.hiddenSize),
      gateUp: try linear(.gateUp, index), down: try linear(.down, index))
  }

  private func linear(_ stack: ProjectionStack, _ layer: Int) throws -> Linear {
    let shapes = stack.projections.map {
      (module: $0.module(layer: layer), shape: $0.shape(configuration))
    }
    let weight = try place.matrices(
      shapes.map { ($0.module + ".weight", $0.shape.outputs) }, columns: shapes[0].shape.inputs)
    var linear = Linear(weight: weight.value, weightGradient: weight.gradient)
    if stack.projections.allSatisfy({ $0.hasBias(configuration) }) {
      let bias = try place.vectors(shapes.map { ($0.module + ".bias", $0.shape.outputs) })
      linear.bias = bias.value
      linear.biasGradient = bias.gradient
    }
    linear.adapter = adapter.flatMap { plan, store in
      plan.lowRank(stack, layer: layer, configuration, in: store)
    }
    return linear
  }
}
