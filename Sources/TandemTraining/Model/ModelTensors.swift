internal import TandemLM

/// The names and shapes of a model's weights, as checkpoints of transformers hold them.
enum ModelTensors {
  static let embedding = "model.embed_tokens.weight"
  static let finalNorm = "model.norm.weight"
  static let head = "lm_head.weight"

  static func inputNorm(_ layer: Int) -> String { "model.layers.\(layer).input_layernorm.weight" }
  static func postNorm(_ layer: Int) -> String {
    "model.layers.\(layer).post_attention_layernorm.weight"
  }
  static func queryNorm(_ layer: Int) -> String { "model.layers.\(layer).self_attn.q_norm.weight" }
  static func keyNorm(_ layer: Int) -> String { "model.layers.\(layer).self_attn.k_norm.weight" }

  /// All weights; those that the model stacks stand together.
  static func all(_ configuration: ModelConfiguration) -> [TensorShape] {
    let hidden = configuration.hiddenSize
    let table = [configuration.vocabularySize, hidden]
    var tensors = [TensorShape(name: embedding, sizes: table)]
    for layer in 0..<configuration.layerCount {
      tensors.append(TensorShape(name: inputNorm(layer), sizes: [hidden]))
      for stack in ProjectionStack.allCases {
        if stack == .gateUp { tensors.append(TensorShape(name: postNorm(layer), sizes: [hidden])) }
        let shapes = stack.projections.map { ($0, $0.shape(configuration)) }
        for (projection, shape) in shapes {
          tensors.append(
            TensorShape(
              name: projection.module(layer: layer) + ".weight",
              sizes: [shape.outputs, shape.inputs]))
        }
        for (projection, shape) in shapes where projection.hasBias(configuration) {
          tensors.append(
            TensorShape(name: projection.module(layer: layer) + ".bias", sizes: [shape.outputs]))
        }
      }
      if configuration.queryNorm {
        for name in [queryNorm(layer), keyNorm(layer)] {
          tensors.append(TensorShape(name: name, sizes: [configuration.headSize]))
        }
      }
    }
    tensors.append(TensorShape(name: finalNorm, sizes: [hidden]))
    if !configuration.tiedEmbeddings { tensors.append(TensorShape(name: head, sizes: table)) }
    return tensors
  }
}

/// Projections that read the same input and are computed as one.
enum ProjectionStack: CaseIterable {
  case queryKeyValue, output, gateUp, down

  var projections: [Projection] {
    switch self {
    case .queryKeyValue: [.query, .key, .value]
    case .output: [.output]
    case .gateUp: [.gate, .up]
    case .down: [.down]
    }
  }
}
