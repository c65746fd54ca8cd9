package import TandemJSON
package import TandemRecords

/// What packing counted: what became an example, and why the rest did not.
package struct PackTally: Hashable, Sendable {
  /// Why a trace is no example.
  package enum Omission: String, CaseIterable, Sendable {
    /// It failed technically.
    case error
    /// Advantage 0: see `ZeroAdvantage`.
    case single
    case allCorrect = "all_correct"
    case allWrong = "all_wrong"
    case noSpread = "no_spread"
    /// Advantage 0 in a group that has others: it lies at the mean.
    case atMean = "at_mean"
    /// Not to be imitated.
    case notCorrect = "not_correct"
    /// Beyond `--max-per-problem`.
    case surplus
    case tooLong = "too_long"
    /// There is nothing to learn to write.
    case noTokens = "no_tokens"

    init(zero reason: ZeroAdvantage?) {
      self =
        switch reason {
        case .single: .single
        case .allCorrect: .allCorrect
        case .allWrong: .allWrong
        case .noSpread: .noSpread
        case nil: .atMean
        }
    }
  }

  /// Where tokens came from.
  package enum Origin: String, CaseIterable, Sendable {
    /// The trace has them.
    case stored
    /// From the text in the trace.
    case text
    /// From the problem's question, in the model's format.
    case question
  }

  package var examples = 0
  package var omitted: [Omission: Int] = [:]
  package var promptTokens = 0
  package var completionTokens = 0
  package var prompts: [Origin: Int] = [:]
  package var completions: [Origin: Int] = [:]
  package var modes: [BehaviourMode: Int] = [:]
  package var rounds: [Round: Int] = [:]
  /// Examples with an advantage above 0.
  package var positive = 0
  /// Examples with an advantage below 0.
  package var negative = 0
  /// Examples whose hint was taken out of the prompt.
  package var distilled = 0
  /// Completions that got a stop token though the finish reason is not known.
  package var assumedStops = 0
  /// Stored completions that stopped, they say, but do not end with a stop token.
  package var missingStops = 0
  /// Examples that go without the trace's logprobs, since the tokens or the prompt that they belong to are not stored.
  package var unusedLogprobs = 0

  package init() {}

  /// Adds the counts of another part.
  package mutating func add(_ other: PackTally) {
    for path in Self.counts { self[keyPath: path.path] += other[keyPath: path.path] }
    omitted.merge(other.omitted, uniquingKeysWith: +)
    prompts.merge(other.prompts, uniquingKeysWith: +)
    completions.merge(other.completions, uniquingKeysWith: +)
    modes.merge(other.modes, uniquingKeysWith: +)
    rounds.merge(other.rounds, uniquingKeysWith: +)
  }
}

// MARK: - Stored form

extension PackTally {
  private static let counts:
    [(name: String, path: any WritableKeyPath<PackTally, Int> & Sendable)] = [
      ("examples", \.examples), ("prompt_tokens", \.promptTokens),
      ("completion_tokens", \.completionTokens), ("positive", \.positive),
      ("negative", \.negative), ("distilled", \.distilled), ("assumed_stops", \.assumedStops),
      ("missing_stops", \.missingStops),
      ("unused_logprobs", \.unusedLogprobs),
    ]

  /// The counts as a label and a summary hold them.
  package var json: JSONObject {
    var object = JSONObject()
    for count in Self.counts { object[count.name] = .number(self[keyPath: count.path]) }
    object["omitted"] = Self.json(omitted)
    object["prompts"] = Self.json(prompts)
    object["completions"] = Self.json(completions)
    object["modes"] = Self.json(modes)
    object["rounds"] = Self.json(rounds)
    return object
  }

  /// Reads what ``json`` holds; what is missing counts as 0.
  package init(_ object: JSONObject) {
    for count in Self.counts { self[keyPath: count.path] = object[count.name]?.int ?? 0 }
    omitted = Self.counts(object["omitted"])
    prompts = Self.counts(object["prompts"])
    completions = Self.counts(object["completions"])
    modes = Self.counts(object["modes"])
    rounds = Self.counts(object["rounds"])
  }

  private static func json<Key: RawRepresentable<String> & CaseIterable>(_ counts: [Key: Int])
    -> JSONValue
  {
    .object(
      JSONObject(
        Key.allCases.compactMap { key in
          counts[key].map { .init(key: key.rawValue, value: .number($0)) }
        }))
  }

  private static func counts<Key: RawRepresentable<String>>(_ value: JSONValue?) -> [Key: Int] {
    var counts: [Key: Int] = [:]
    for member in value?.object?.members ?? [] {
      if let key = Key(rawValue: member.key), let count = member.value.int { counts[key] = count }
    }
    return counts
  }
}
