internal import Glibc
internal import TandemJSON

/// What `adapter_config.json` says, as PEFT writes it.
package struct AdapterConfiguration: Hashable, Sendable {
  /// Which modules have an adapter.
  package enum Targets: Hashable, Sendable {
    /// Modules whose names are, or end in, one of these.
    case named([String])
    /// Every matrix of every layer.
    case allLinear
    /// What a pattern in PEFT's words matches; the file of weights shows which.
    case pattern
  }

  /// The rank.
  package var rank: Int
  /// What `B (A x)` is multiplied with: alpha / r, or alpha / sqrt(r) with `use_rslora`.
  package var scale: Double
  package var targets: Targets
  /// Whether only some layers may have adapters.
  package var isPartial: Bool

  /// Reads a file.
  ///
  /// - Throws: ``ModelError`` for other kinds of adapters, and for every option that would change the numbers and is not
  ///   supported.
  package init(file: String) throws(ModelError) {
    let fields = ConfigurationFields(try JSONFile.object(file), file: file)
    guard let type = try fields.string("peft_type") else {
      throw fields.fault("peft_type", "is missing")
    }
    guard type == "LORA" else {
      throw fields.fault("peft_type", "is \(type.quoted); only LORA is supported")
    }
    rank = try fields.requiredInt("r", in: 1...1 << 14)
    guard let alpha = try fields.double("lora_alpha", in: -1e6...1e6) else {
      throw fields.fault("lora_alpha", "is missing")
    }
    let isStabilised = try fields.bool("use_rslora") ?? false
    scale = isStabilised ? alpha / Double(rank).squareRoot() : alpha / Double(rank)
    targets = try Self.targets(fields)
    isPartial = ["layers_to_transform", "layers_pattern", "exclude_modules"].contains {
      Self.isSet(fields[$0])
    }
    try Self.checkUnsupported(fields)
  }

  private static func targets(_ fields: ConfigurationFields) throws(ModelError) -> Targets {
    switch fields["target_modules"] {
    case .string("all-linear"): return .allLinear
    case .string: return .pattern
    case .array(let values):
      var names: [String] = []
      for value in values {
        guard let name = value.string, !name.isEmpty else {
          throw fields.fault("target_modules", "is not a list of names")
        }
        guard Projection.allCases.contains(where: { name.hasSuffix($0.rawValue) }) else {
          throw fields.fault(
            "target_modules",
            "names \(name.quoted); only q, k, v, o, gate, up and down can have adapters")
        }
        names.append(name)
      }
      guard !names.isEmpty else { throw fields.fault("target_modules", "is empty") }
      return .named(names)
    default:
      throw fields.fault("target_modules", "is neither a list of names nor a pattern")
    }
  }

  private static func checkUnsupported(_ fields: ConfigurationFields) throws(ModelError) {
    if let bias = try fields.string("bias"), bias != "none" {
      throw fields.fault("bias", "is \(bias.quoted); only none is supported")
    }
    let unsupported = [
      "alora_invocation_tokens", "alpha_pattern", "arrow_config", "fan_in_fan_out",
      "kasa_config", "layer_replication", "lora_bias", "modules_to_save", "monteclora_config",
      "rank_pattern", "target_parameters", "trainable_token_indices", "use_bdlora", "use_dora",
      "use_qalora", "velora_config",
    ]
    for name in unsupported where isSet(fields[name]) {
      throw fields.fault(name, "is set; adapters with it are not supported")
    }
  }

  private static func isSet(_ value: JSONValue?) -> Bool {
    switch value {
    case nil, .null, .bool(false): false
    case .array(let values): !values.isEmpty
    case .object(let object): !object.members.isEmpty
    default: true
    }
  }

  /// Whether a module must have an adapter; nil where only the file of weights shows it.
  func covers(_ module: String) -> Bool? {
    switch targets {
    case .allLinear: true
    case .pattern: nil
    case .named(let names): names.contains { module == $0 || module.hasSuffix("." + $0) }
    }
  }
}
