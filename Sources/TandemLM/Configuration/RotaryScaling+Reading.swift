extension RotaryScaling {
  /// Reads theta and the scaling from `rope_parameters` (transformers 5) or from `rope_theta` and `rope_scaling`
  /// (transformers 4).
  ///
  /// - Throws: ``ModelError`` for kinds that are unknown or change with the length of the text.
  static func read(_ fields: ConfigurationFields, maximumPositions: Int) throws(ModelError) -> (
    theta: Double, scaling: RotaryScaling
  ) {
    let thetas = 1.0001...1e12
    var rope = try fields.fields("rope_parameters")
    if rope == nil { rope = try fields.fields("rope_scaling") }
    let outer = try fields.double("rope_theta", in: thetas) ?? 10_000
    let theta = try rope?.double("rope_theta", in: thetas) ?? outer
    for source in [rope, fields].compactMap({ $0 }) {
      if let part = try source.double("partial_rotary_factor", in: 0...1), part != 1 {
        throw source.fault("partial_rotary_factor", "is \(part); only whole heads can be rotated")
      }
    }
    guard let rope else { return (theta, .none) }
    let older = try rope.string("type")
    let type = try rope.string("rope_type") ?? older ?? "default"
    switch type {
    case "default": return (theta, .none)
    case "linear": return (theta, .linear(factor: try factor(rope)))
    case "llama3":
      let low = try required(rope, "low_freq_factor")
      let high = try required(rope, "high_freq_factor")
      guard low < high else { throw rope.fault("high_freq_factor", "is not above low_freq_factor") }
      let original = try original(rope, fields) ?? maximumPositions
      return (
        theta, .llama3(factor: try factor(rope), low: low, high: high, original: Double(original))
      )
    case "yarn":
      return (theta, .yarn(try yarn(rope, fields, maximumPositions: maximumPositions)))
    case "dynamic", "longrope":
      throw rope.fault(
        "rope_type", "is \(type), which changes with the length of the text and is not supported")
    default:
      throw rope.fault(
        "rope_type", "is \(type.quoted), which is unknown; known are default, linear, llama3, yarn")
    }
  }

  private static func yarn(
    _ rope: ConfigurationFields, _ fields: ConfigurationFields, maximumPositions: Int
  ) throws(ModelError) -> YaRN {
    let original = Double(try original(rope, fields) ?? maximumPositions)
    let ratio = Double(maximumPositions) / original
    let factor = rope["factor"] == nil ? ratio : try factor(rope)
    let given = try rope.double("attention_factor", in: 0...1e6)
    let mscale = try rope.double("mscale", in: -1e6...1e6)
    let mscaleAllDim = try rope.double("mscale_all_dim", in: -1e6...1e6)
    // Zero counts as absent, as it does in transformers.
    let fast = try rope.double("beta_fast", in: 0...1e9).flatMap { $0 == 0 ? nil : $0 } ?? 32
    let slow = try rope.double("beta_slow", in: 0...1e9).flatMap { $0 == 0 ? nil : $0 } ?? 1
    let attentionFactor =
      given ?? YaRN.attentionFactor(factor: factor, mscale: mscale, mscaleAllDim: mscaleAllDim)
    guard attentionFactor.isFinite else { throw rope.fault("mscale", "gives no finite factor") }
    return YaRN(
      factor: factor, original: original, betaFast: fast, betaSlow: slow,
      truncate: try rope.bool("truncate") ?? true, attentionFactor: attentionFactor)
  }

  private static func factor(_ rope: ConfigurationFields) throws(ModelError) -> Double {
    try required(rope, "factor")
  }

  private static func required(_ rope: ConfigurationFields, _ name: String) throws(ModelError)
    -> Double
  {
    guard let value = try rope.double(name, in: 1e-6...1e6) else {
      throw rope.fault(name, "is missing")
    }
    return value
  }

  /// The length of the first training; a top-level one goes first, as in transformers.
  private static func original(_ rope: ConfigurationFields, _ fields: ConfigurationFields)
    throws(ModelError) -> Int?
  {
    let name = "original_max_position_embeddings"
    if let outer = try fields.int(name, in: 1...1 << 30) { return outer }
    return try rope.int(name, in: 1...1 << 30)
  }
}
