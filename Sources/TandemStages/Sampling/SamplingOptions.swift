internal import TandemJSON
package import TandemPrompts
package import TandemRollouts

/// What decides the traces of a round besides its problems and models.
package struct SamplingOptions: Sendable {
  /// Samples of each model and problem; in the rescue round, of each hint.
  package var samples: Int
  /// How tokens are drawn; the stop tokens of a model's engine are added.
  package var parameters = RolloutParameters()
  /// The run's seed.
  package var seed = 0
  /// The prompt without a hint.
  package var cold = PromptTemplate.cold
  /// The prompt with a hint.
  package var hinted = PromptTemplate.hinted

  package init(samples: Int) {
    self.samples = samples
  }
}

/// Where samples are kept until they are traces.
package enum SampleStore: Sendable {
  /// A cache that is shared with other runs.
  case shared(RolloutCache)
  /// A cache in the stage's folder, removed once the stage is finished.
  case own
}
