package import TandemJSON
internal import TandemRecords

extension RewardScheme {
  /// Every option that changes a total, as a plan stores it.
  package var json: JSONObject {
    var object = JSONObject()
    object["preset"] = .string(preset.rawValue)
    object["epoch"] = .number(epoch)
    var weights = JSONObject()
    for term in RewardTerms.all { weights[term.name] = .number(self.weights[keyPath: term.path]) }
    object["weights"] = .object(weights)
    object["alpha"] = .number(alpha)
    object["exploration"] = .string(exploration.rawValue)
    object["diversity_gate"] = .bool(isDiversityGated)
    object["partner_gate"] = .number(partnerGate)
    object["length_limit"] = .number(lengthLimit)
    return object
  }
}

extension RewardRule {
  /// Every option that changes a reward, as a plan stores it.
  package var json: JSONObject {
    var object = scheme.json
    object["group"] = .string(advantage.grouping.rawValue)
    object["normalise"] = .string(advantage.normalisation.rawValue)
    switch advantage.floor {
    case .added(let value): object["std_added"] = .number(value)
    case .atLeast(let value): object["std_floor"] = .number(value)
    }
    object["outcome_gate"] = .bool(advantage.isOutcomeGated)
    return object
  }

  /// Reads what ``json`` holds; nil when a member is missing or is not what it should be.
  package init?(_ object: JSONObject) {
    guard let preset = object["preset"]?.string.flatMap(RewardPreset.init(rawValue:)),
      let epoch = object["epoch"]?.int, let weights = object["weights"]?.object,
      let alpha = object["alpha"]?.double,
      let exploration = object["exploration"]?.string.flatMap(
        RewardScheme.Exploration.init(rawValue:)),
      let isDiversityGated = object["diversity_gate"]?.bool,
      let partnerGate = object["partner_gate"]?.double,
      let lengthLimit = object["length_limit"]?.int,
      let grouping = object["group"]?.string.flatMap(AdvantageRule.Grouping.init(rawValue:)),
      let normalisation = object["normalise"]?.string.flatMap(
        AdvantageRule.Normalisation.init(rawValue:)),
      let isOutcomeGated = object["outcome_gate"]?.bool
    else { return nil }
    self.init(preset, epoch: epoch)
    for term in RewardTerms.all {
      guard let weight = weights[term.name]?.double else { return nil }
      scheme.weights[keyPath: term.path] = weight
    }
    scheme.alpha = alpha
    scheme.exploration = exploration
    scheme.isDiversityGated = isDiversityGated
    scheme.partnerGate = partnerGate
    scheme.lengthLimit = lengthLimit
    advantage.grouping = grouping
    advantage.normalisation = normalisation
    advantage.isOutcomeGated = isOutcomeGated
    if let value = object["std_floor"]?.double {
      advantage.floor = .atLeast(value)
    } else if let value = object["std_added"]?.double {
      advantage.floor = .added(value)
    } else {
      return nil
    }
  }
}
