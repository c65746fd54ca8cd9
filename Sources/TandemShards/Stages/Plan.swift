package import TandemJSON
internal import TandemRecords

/// What decides the content of a stage besides its input parts; written before the first part.
package struct Plan: Hashable, Sendable {
  /// The stage's name.
  package var stage: String
  /// Raised whenever the stage makes other rows from the same inputs.
  package var stageVersion: Int
  /// Every option that changes the output, in a fixed order.
  package var options: JSONObject
  /// The seed of the stage's draws, where it draws.
  package var seed: Int?
  /// The models that the stage speaks of, where it speaks of a team.
  package var team: [String]?

  package init(
    stage: String, stageVersion: Int, options: JSONObject = JSONObject(), seed: Int? = nil,
    team: [String]? = nil
  ) {
    self.stage = stage
    self.stageVersion = stageVersion
    self.options = options
    self.seed = seed
    self.team = team
  }

  /// The plan with how its parts are compressed, which decides their bytes.
  package func compressed(_ compression: Compression) -> Plan {
    var plan = self
    plan.options["zstd_level"] = .number(compression.level)
    plan.options["frame_bytes"] = .number(compression.frameSize)
    return plan
  }

  /// The plan as it is stored.
  package var json: JSONValue {
    var object = JSONObject()
    object["stage"] = .string(stage)
    object["stage_version"] = .number(stageVersion)
    object["options"] = .object(options)
    object["seed"] = seed.map(JSONValue.number)
    object["team"] = team.map { .array($0.map(JSONValue.string)) }
    return .object(object)
  }

  /// SHA-256 of the stored text.
  package var digest: String { SHA256.hex(of: json.json.utf8) }

  static let fileName = "plan.json"
}
