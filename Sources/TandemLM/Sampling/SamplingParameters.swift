/// How the next token is drawn from a model's logits.
///
/// The steps come in the order of transformers: the repetition penalty on every token of the prompt and of the
/// completion so far, the temperature, then top-k, top-p and min-p, each on what the one before left.
package struct SamplingParameters: Hashable, Sendable {
  /// What logits are divided by; 0 takes the most probable token.
  package var temperature: Double
  /// Tokens less probable than this many others are dropped; 0 keeps all.
  ///
  /// Ties with the last are kept.
  package var topK: Int
  /// A token is dropped when those more probable have this much mass together; 1 keeps all.
  package var topP: Double
  /// Tokens less probable than this share of the most probable one are dropped; 0 keeps all.
  package var minP: Double
  /// Positive logits of tokens that occurred are divided by this, negative ones multiplied; 1 changes nothing.
  package var repetitionPenalty: Double

  /// Parameters; those not given change nothing.
  package init(
    temperature: Double = 1, topK: Int = 0, topP: Double = 1, minP: Double = 0,
    repetitionPenalty: Double = 1
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.repetitionPenalty = repetitionPenalty
  }

  /// The most probable token, always.
  package static let greedy = SamplingParameters(temperature: 0)

  /// Checks every parameter's bounds.
  ///
  /// - Throws: ``ModelError`` naming the parameter.
  package func check() throws(ModelError) {
    func require(_ holds: Bool, _ message: String) throws(ModelError) {
      if !holds { throw ModelError("", message) }
    }
    try require(
      temperature == 0 || 1e-4...1e4 ~= temperature,
      "the temperature is \(temperature); it must be 0 or from 0.0001 to 10000")
    try require(topK >= 0, "top-k is \(topK); it must be a whole number from 0")
    try require(topP > 0 && topP <= 1, "top-p is \(topP); it must be above 0 and at most 1")
    try require(0...1 ~= minP, "min-p is \(minP); it must be from 0 to 1")
    try require(
      1e-2...1e2 ~= repetitionPenalty,
      "the repetition penalty is \(repetitionPenalty); it must be from 0.01 to 100")
  }
}
