/// An engine that can also tell how likely a text is.
package protocol ScoringEngine: Engine {
  /// The raw logprobs of the scored tokens of every request, in their order.
  ///
  /// The numbers of a request depend on it alone.
  ///
  /// - Throws: when the model cannot be used, or a text does not fit into it.
  func score(_ requests: [ScoringRequest]) throws -> [[Float]]
}

/// A text whose probability is asked for, behind a prompt.
package struct ScoringRequest: Hashable, Sendable {
  package var prompt: RolloutPrompt
  /// What the answer begins with; read, not scored.
  package var opening: String
  /// What is scored.
  package var continuation: String

  package init(prompt: RolloutPrompt, opening: String, continuation: String) {
    self.prompt = prompt
    self.opening = opening
    self.continuation = continuation
  }
}
