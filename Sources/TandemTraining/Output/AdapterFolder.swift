internal import TandemJSON
internal import TandemLM
internal import TandemShards

/// Writes an adapter as PEFT does: `adapter_config.json` and `adapter_model.safetensors`.
struct AdapterFolder {
  let path: String
  let plan: AdapterPlan
  /// What the configuration names as the base.
  let baseName: String

  static let weightsName = "adapter_model.safetensors"

  /// Writes the files; the weights last.
  func write(_ parameters: ParameterStore) throws {
    try AtomicFile.write(configuration.json + "\n", to: path + "/adapter_config.json")
    let tensors = parameters.entries.map { entry in
      SafetensorsWriter.Tensor(
        name: entry.name, type: .f32, shape: entry.shape, bytes: parameters.bytes(of: entry))
    }
    var file = try AtomicFile(path + "/" + Self.weightsName)
    try SafetensorsWriter.write(tensors, metadata: [("format", "pt")]) { try file.write($0) }
    try file.commit()
  }

  private var configuration: JSONValue {
    let targets = Projection.allCases.filter(plan.targets.contains).map(\.rawValue)
    let alpha: JSONValue = Int(exactly: plan.alpha).map { .number($0) } ?? .number(plan.alpha)
    return [
      "base_model_name_or_path": .string(baseName), "bias": "none", "fan_in_fan_out": false,
      "inference_mode": true, "init_lora_weights": true, "lora_alpha": alpha,
      "lora_dropout": 0, "modules_to_save": .null, "peft_type": "LORA",
      "r": .number(plan.rank), "target_modules": .array(targets.map { .string($0) }),
      "task_type": "CAUSAL_LM", "use_dora": false, "use_rslora": .bool(plan.isStabilised),
    ]
  }
}

extension ParameterStore {
  /// A tensor's bytes, little-endian.
  func bytes(of entry: Entry) -> [UInt8] {
    Array(
      UnsafeRawBufferPointer(
        start: values.base + entry.range.lowerBound,
        count: entry.range.count * MemoryLayout<Float>.stride))
  }
}
