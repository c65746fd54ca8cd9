/// The matrices of a layer, by what they make out of what.
package enum Projection: String, Hashable, Sendable, CaseIterable {
  case query = "q_proj"
  case key = "k_proj"
  case value = "v_proj"
  case output = "o_proj"
  case gate = "gate_proj"
  case up = "up_proj"
  case down = "down_proj"

  /// The part of a layer that it belongs to, as checkpoints name it.
  var part: String {
    switch self {
    case .query, .key, .value, .output: "self_attn"
    case .gate, .up, .down: "mlp"
    }
  }

  /// The module's name in a checkpoint, such as `model.layers.0.self_attn.q_proj`.
  package func module(layer: Int) -> String {
    "model.layers.\(layer).\(part).\(rawValue)"
  }

  /// The sizes of the matrix, `[outputs, inputs]`.
  package func shape(_ configuration: ModelConfiguration) -> (outputs: Int, inputs: Int) {
    let hidden = configuration.hiddenSize
    let query = configuration.headCount * configuration.headSize
    let keyValue = configuration.keyValueHeadCount * configuration.headSize
    switch self {
    case .query: return (query, hidden)
    case .key, .value: return (keyValue, hidden)
    case .output: return (hidden, query)
    case .gate, .up: return (configuration.intermediateSize, hidden)
    case .down: return (hidden, configuration.intermediateSize)
    }
  }

  /// Whether the checkpoint must hold a bias.
  package func hasBias(_ configuration: ModelConfiguration) -> Bool {
    switch self {
    case .query, .key, .value: configuration.queryBias
    case .output: configuration.outputBias
    case .gate, .up, .down: configuration.feedForwardBias
    }
  }
}
