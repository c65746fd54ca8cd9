internal import TandemJSON

/// What must be the same for a run to go on where it stopped: data, base, first adapter and options.
struct TrainingIdentity: Hashable {
  private struct Fact: Hashable {
    let name: String
    let value: String
  }

  private static let version = "1"
  private let facts: [Fact]

  init(data: String, base: String, initialAdapter: String?, options: TrainingOptions) {
    facts =
      [
        Fact(name: "trainer version", value: Self.version), Fact(name: "data", value: data),
        Fact(name: "base model", value: base),
        Fact(name: "first adapter", value: initialAdapter ?? "none"),
      ] + options.facts.map { Fact(name: $0.name, value: $0.value) }
  }

  init?(_ json: JSONValue) {
    guard let object = json.object else { return nil }
    facts = object.members.compactMap { member in
      member.value.string.map { Fact(name: member.key, value: $0) }
    }
  }

  var json: JSONValue {
    .object(JSONObject(facts.map { JSONObject.Member(key: $0.name, value: .string($0.value)) }))
  }

  /// The first thing in which an earlier run differs, in words; nil when it is the same run.
  func difference(from earlier: TrainingIdentity) -> String? {
    for fact in facts {
      let other = earlier.facts.first { $0.name == fact.name }?.value
      if other != fact.value {
        return "\(fact.name) was \(other ?? "not stated") and is now \(fact.value)"
      }
    }
    return earlier.facts.count == facts.count ? nil : "its options are those of another version"
  }
}
