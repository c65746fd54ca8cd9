internal import TandemJSON

extension ModelConfiguration {
  init(_ fields: ConfigurationFields) throws(ModelError) {
    architecture = try Self.architecture(fields)
    vocabularySize = try fields.requiredInt("vocab_size", in: 1...1 << 24)
    hiddenSize = try fields.requiredInt("hidden_size", in: 1...1 << 16)
    intermediateSize = try fields.requiredInt("intermediate_size", in: 1...1 << 20)
    layerCount = try fields.requiredInt("num_hidden_layers", in: 1...1024)
    headCount = try fields.requiredInt("num_attention_heads", in: 1...1024)
    keyValueHeadCount =
      try fields.int("num_key_value_heads", in: 1...1024)
      ?? (architecture == .llama ? headCount : 0)
    guard keyValueHeadCount > 0 else { throw fields.fault("num_key_value_heads", "is missing") }
    guard headCount % keyValueHeadCount == 0 else {
      throw fields.fault("num_key_value_heads", "does not divide num_attention_heads")
    }
    if let size = try fields.int("head_dim", in: 2...1024) {
      headSize = size
    } else if architecture == .qwen3 {
      headSize = 128
    } else {
      guard hiddenSize % headCount == 0 else {
        throw fields.fault(
          "num_attention_heads", "does not divide hidden_size, and head_dim is missing")
      }
      headSize = hiddenSize / headCount
    }
    guard headSize % 2 == 0, headSize <= 1024 else {
      throw fields.fault("head_dim", "is \(headSize); heads must be even and at most 1024 wide")
    }
    normEpsilon = try fields.double("rms_norm_eps", in: 1e-12...1) ?? 1e-6
    maximumPositions =
      try fields.int("max_position_embeddings", in: 1...1 << 30)
      ?? (architecture == .llama ? 2048 : 32_768)
    tiedEmbeddings = try fields.bool("tie_word_embeddings") ?? false
    let attentionBias =
      architecture == .qwen2 ? false : try fields.bool("attention_bias") ?? false
    queryBias = architecture == .qwen2 || attentionBias
    outputBias = attentionBias
    feedForwardBias = architecture == .llama ? try fields.bool("mlp_bias") ?? false : false
    endIDs = try fields.ids("eos_token_id", below: vocabularySize)
    beginID = try fields.ids("bos_token_id", below: vocabularySize).first
    (rotaryTheta, rotaryScaling) = try RotaryScaling.read(
      fields, maximumPositions: maximumPositions)
    try checkUnsupported(fields)
  }

  private static func architecture(_ fields: ConfigurationFields) throws(ModelError) -> Architecture
  {
    let known = "qwen2, qwen3, llama"
    guard let type = try fields.string("model_type") else {
      throw fields.fault("model_type", "is missing; known are \(known)")
    }
    guard let architecture = Architecture(rawValue: type) else {
      throw fields.fault(
        "model_type", "is \(type.quoted), which is not supported; known are \(known)")
    }
    let expected = [
      Architecture.qwen2: "Qwen2ForCausalLM", .qwen3: "Qwen3ForCausalLM",
      .llama: "LlamaForCausalLM",
    ][architecture]
    if let names = fields["architectures"]?.array, !names.isEmpty,
      !names.contains(where: { $0.string == expected })
    {
      throw fields.fault(
        "architectures", "does not name \(expected ?? ""): no causal language model")
    }
    return architecture
  }

  /// Refuses what would change the numbers.
  private func checkUnsupported(_ fields: ConfigurationFields) throws(ModelError) {
    if let activation = try fields.string("hidden_act"), activation != "silu" {
      throw fields.fault("hidden_act", "is \(activation.quoted); only silu is supported")
    }
    if fields["quantization_config"] != nil {
      throw fields.fault("quantization_config", "is set; use a checkpoint in bf16, f16 or f32")
    }
    guard architecture != .llama else { return }
    let window = try fields.int("sliding_window", in: 1...1 << 30)
    let usesWindow = try fields.bool("use_sliding_window") ?? false
    guard usesWindow, let window, window < maximumPositions else { return }
    let types: [JSONValue]? = fields["layer_types"]?.array
    let first = try fields.int("max_window_layers", in: 0...1 << 20) ?? 28
    let isUsed =
      types.map { $0.contains { $0.string != "full_attention" } } ?? (first < layerCount)
    if isUsed {
      throw fields.fault("use_sliding_window", "is true; sliding windows are not supported")
    }
  }
}
