package import TandemJSON

/// How tokens are drawn and when a sample ends.
package struct RolloutParameters: Hashable, Sendable {
  /// Logits are divided by it; 0 takes the likeliest token.
  package var temperature: Double = 0.7
  /// The least probability that the likeliest tokens kept must reach together; 1 keeps all.
  package var topP: Double = 0.9
  /// How many of the likeliest tokens are kept; 0 keeps all.
  package var topK: Int = 0
  /// Tokens below this share of the likeliest one's probability are dropped.
  package var minP: Double = 0
  /// Divides positive and multiplies negative logits of tokens that occurred; 1 changes nothing.
  package var repetitionPenalty: Double = 1
  /// The most tokens that are generated.
  package var maxTokens: Int = 3072
  /// Texts that end a sample, and are cut off.
  package var stopStrings: [String] = []
  /// Tokens that end a sample, and are kept as its last.
  package var stopTokenIDs: [Int32] = []

  /// The reference preset.
  package init() {}

  /// What is wrong with the values; nil when nothing is.
  package var fault: String? {
    if !(temperature == 0 || 1e-4...1e4 ~= temperature) {
      return "temperature must be 0 or from 0.0001 to 10000"
    }
    if !(topP > 0 && topP <= 1) { return "top-p must be above 0 and at most 1" }
    if topK < 0 { return "top-k must be at least 0, where 0 keeps every token" }
    if !(minP >= 0 && minP <= 1) { return "min-p must be 0 to 1" }
    if !(1e-2...1e2 ~= repetitionPenalty) {
      return "the repetition penalty must be from 0.01 to 100"
    }
    if maxTokens < 1 { return "the largest number of tokens must be at least 1" }
    if stopStrings.contains("") { return "a stop string must not be empty" }
    return nil
  }
}

// MARK: - Stored form

extension RolloutParameters {
  /// The parameters as traces and plans keep them.
  package var json: JSONObject {
    var object = JSONObject()
    object["temperature"] = .number(temperature)
    object["top_p"] = .number(topP)
    object["top_k"] = .number(topK)
    object["min_p"] = .number(minP)
    object["repetition_penalty"] = .number(repetitionPenalty)
    object["max_tokens"] = .number(maxTokens)
    if !stopStrings.isEmpty { object["stop"] = .array(stopStrings.map(JSONValue.string)) }
    if !stopTokenIDs.isEmpty {
      object["stop_token_ids"] = .array(stopTokenIDs.map { .number(Int($0)) })
    }
    return object
  }

  /// Reads what ``json`` wrote; nil for anything else.
  package init?(_ object: JSONObject) {
    guard let temperature = object["temperature"]?.double, let topP = object["top_p"]?.double,
      let topK = object["top_k"]?.int, let minP = object["min_p"]?.double,
      let penalty = object["repetition_penalty"]?.double,
      let maxTokens = object["max_tokens"]?.int
    else { return nil }
    self.temperature = temperature
    self.topP = topP
    self.topK = topK
    self.minP = minP
    repetitionPenalty = penalty
    self.maxTokens = maxTokens
    stopStrings = object["stop"]?.array?.compactMap(\.string) ?? []
    stopTokenIDs =
      object["stop_token_ids"]?.array?.compactMap { $0.int.flatMap { Int32(exactly: $0) } } ?? []
  }
}
