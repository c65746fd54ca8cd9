/// What a model wrote to a request.
package struct RolloutSample: Hashable, Sendable {
  /// The text, without the stop token and without the stop string that ended it.
  package var text: String
  /// The tokens, with the stop token exactly when ``finishReason`` is ``FinishReason/stop``; nil where unknown.
  package var tokenIDs: [Int32]?
  /// One for each token: the logarithm of its probability under the full softmax at temperature 1, times 10,000.
  package var rawLogprobsE4: [Int32]?
  /// The same under the distribution that sampled.
  package var samplingLogprobsE4: [Int32]?
  /// Why it ended, as ``FinishReason`` or the server says.
  package var finishReason: String?
  /// Tokens of the prompt, as the engine counts them.
  package var promptTokens: Int?
  /// Tokens generated, as the engine counts them.
  package var completionTokens: Int?

  package init(
    text: String, tokenIDs: [Int32]? = nil, rawLogprobsE4: [Int32]? = nil,
    samplingLogprobsE4: [Int32]? = nil, finishReason: String? = nil, promptTokens: Int? = nil,
    completionTokens: Int? = nil
  ) {
    self.text = text
    self.tokenIDs = tokenIDs
    self.rawLogprobsE4 = rawLogprobsE4
    self.samplingLogprobsE4 = samplingLogprobsE4
    self.finishReason = finishReason
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
  }
}

/// Why a sample ended.
package enum FinishReason {
  /// A stop token, which is the last of the tokens.
  package static let stop = "stop"
  /// A stop string; the tokens go on up to the one that completed it.
  package static let stopString = "stop_string"
  /// The largest number of tokens.
  package static let length = "length"
}

/// What became of a request.
package enum RolloutOutcome: Hashable, Sendable {
  case sample(RolloutSample)
  /// Why there is none, in one line without any of the text.
  case failure(String)
}

extension RolloutSample {
  /// A logarithm as it is stored: times 10,000, rounded, within 32 bits; not a number becomes the lowest.
  package static func e4(_ logprob: Double) -> Int32 {
    let scaled = (logprob * 10_000).rounded()
    return scaled.isNaN ? .min : Int32(max(Double(Int32.min), min(Double(Int32.max), scaled)))
  }
}
