/// One sample to be had.
package struct RolloutRequest: Hashable, Sendable {
  package var engine: EngineIdentity
  package var prompt: RolloutPrompt
  package var sampling: RolloutParameters
  /// Decides every draw, with the number of the token: 53 bits, so that any JSON reader keeps it.
  package var seed: Int
  /// 0-based number among the samples of its prompt.
  package var sample: Int

  package init(
    engine: EngineIdentity, prompt: RolloutPrompt, sampling: RolloutParameters, seed: Int,
    sample: Int
  ) {
    self.engine = engine
    self.prompt = prompt
    self.sampling = sampling
    self.seed = seed
    self.sample = sample
  }
}

/// What a model is given to go on from.
package struct RolloutPrompt: Hashable, Sendable {
  /// The whole text, markup spelled out.
  package var text: String
  /// Its tokens; nil where only the server knows them.
  package var ids: [Int32]?

  package init(text: String, ids: [Int32]?) {
    self.text = text
    self.ids = ids
  }
}
