internal import TandemJSON
package import TandemRollouts

/// A model of the team with what samples it.
package struct SamplingModel: Sendable {
  /// The name in the team.
  package let name: String
  package let engine: any Engine

  package init(name: String, engine: any Engine) {
    self.name = name
    self.engine = engine
  }

  /// What of it decides the traces, for the plan.
  var json: JSONValue {
    let identity = engine.identity
    var object = JSONObject()
    object["name"] = .string(name)
    object["engine"] = .string(identity.engine)
    object["model_fingerprint"] = .string(identity.model)
    object["adapter_fingerprint"] = identity.adapter.map(JSONValue.string)
    object["tokenizer_fingerprint"] = identity.tokenizer.map(JSONValue.string)
    object["prompt_format"] = engine.promptFormat
    if !engine.stopTokenIDs.isEmpty {
      object["stop_token_ids"] = .array(engine.stopTokenIDs.map { .number(Int($0)) })
    }
    return .object(object)
  }
}
