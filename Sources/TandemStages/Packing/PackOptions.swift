internal import TandemJSON
internal import TandemMethod
internal import TandemRecords

/// What `pack` makes of traces.
package struct PackOptions: Hashable, Sendable {
  /// What examples are for.
  package enum Purpose: String, CaseIterable, Sendable {
    /// Every trace that has an advantage, with it.
    case policyGradient = "policy-gradient"
    /// Every correct trace, with advantage 1.
    case sft
  }

  /// Which logprobs of the policy that sampled are taken along.
  package enum Behaviour: String, CaseIterable, Sendable {
    case raw, sampling
  }

  package var purpose = Purpose.policyGradient
  package var behaviour = Behaviour.raw
  /// The probability that a success with a hint is trained on the prompt without it; nil for the default.
  package var distilHints: Double?
  /// The loss weight of traces of the rescue round; nil for the default.
  package var rescueWeight: Double?
  /// Whether traces with advantage 0 are kept.
  package var keepsZeroAdvantage = false
  /// The longest example, prompt and completion together.
  package var maxTokens: Int?
  /// How many traces of a problem are kept for `sft`.
  package var maxPerProblem: Int?
  /// The seed of all draws.
  package var seed = 0

  package init() {}

  /// The options with every default filled in.
  ///
  /// A success that is imitated is always moved to the prompt without the hint, since the hint will not be there.
  ///
  /// - Parameter rule: that of the rewards; nil where none are read
  func resolved(under rule: RewardRule?) -> PackOptions {
    var options = self
    let isPaper = rule?.scheme.preset == .corePaper
    options.distilHints = distilHints ?? (purpose == .sft ? 1 : isPaper ? 0 : 0.5)
    options.rescueWeight = rescueWeight ?? (purpose == .sft ? 1 : 0.8)
    return options
  }

  /// Every option that changes an example, as a plan stores it.
  var json: JSONObject {
    var object = JSONObject()
    object["for"] = .string(purpose.rawValue)
    object["behaviour"] = .string(behaviour.rawValue)
    object["distil_hints"] = distilHints.map(JSONValue.number)
    object["rescue_weight"] = rescueWeight.map(JSONValue.number)
    object["keep_zero_advantage"] = .bool(keepsZeroAdvantage)
    object["max_tokens"] = maxTokens.map(JSONValue.number)
    object["max_per_problem"] = maxPerProblem.map(JSONValue.number)
    return object
  }
}
