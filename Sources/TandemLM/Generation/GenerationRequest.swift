/// A prompt to be continued, once or several times.
package struct GenerationRequest: Hashable, Sendable {
  /// The caller's number, found again in every sample.
  package var id: Int
  /// The ids to be continued; at least one.
  package var prompt: [Int32]
  /// How tokens are drawn.
  package var sampling: SamplingParameters
  /// One seed a sample, as many samples as seeds.
  package var seeds: [Int]
  /// Ids that end a completion and stand at its end.
  package var stopIDs: Set<Int32>
  /// The number of tokens after which a completion is cut.
  package var maximumTokens: Int

  /// A request.
  package init(
    id: Int, prompt: [Int32], sampling: SamplingParameters, seeds: [Int], stopIDs: Set<Int32>,
    maximumTokens: Int
  ) {
    self.id = id
    self.prompt = prompt
    self.sampling = sampling
    self.seeds = seeds
    self.stopIDs = stopIDs
    self.maximumTokens = maximumTokens
  }

  /// Checks that a model of this configuration can take the request.
  ///
  /// - Throws: ``ModelError``.
  func check(_ configuration: ModelConfiguration) throws(ModelError) {
    try sampling.check()
    guard !prompt.isEmpty else { throw ModelError("", "request \(id) has an empty prompt") }
    try configuration.check(prompt, "request \(id)")
    guard prompt.count < configuration.maximumPositions else {
      throw ModelError(
        "",
        "request \(id) has a prompt of \(prompt.count) tokens, and the model \(configuration.maximumPositions) positions"
      )
    }
    guard maximumTokens >= 1 else {
      throw ModelError("", "request \(id) asks for \(maximumTokens) tokens; ask for at least 1")
    }
  }
}

extension ModelConfiguration {
  /// Checks that ids are in the vocabulary.
  ///
  /// - Throws: ``ModelError``.
  func check(_ ids: [Int32], _ what: String) throws(ModelError) {
    for id in ids where id < 0 || Int(id) >= vocabularySize {
      throw ModelError("", "\(what) has the id \(id), and the model \(vocabularySize) ids")
    }
  }
}
