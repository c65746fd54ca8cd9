package import TandemJSON

/// What samples traces: one model, with or without an adapter.
///
/// A value of little weight until ``sample(_:)`` is called, which may load the model and holds it no longer than it
/// runs: a team's engines can be at hand at once where only one model fits into memory.
package protocol Engine: Sendable {
  /// All of it that a sample depends on besides the request.
  var identity: EngineIdentity { get }

  /// The tokens that end an answer; they belong to the sampling parameters of every request.
  var stopTokenIDs: [Int32] { get }

  /// How prompts are made, for a stage's plan.
  var promptFormat: JSONValue { get }

  /// The prompt that puts a text to the model.
  func prompt(_ text: String) throws -> RolloutPrompt

  /// Throws when the model is no longer the one that ``identity`` names.
  ///
  /// Called behind every sample, before it is kept.
  func confirmIdentity() throws

  /// Samples all requests of a queue, as many at once as it sees fit, and returns when all have ended.
  ///
  /// The sample of a request depends on the request alone: not on what else is sampled, nor on threads.
  ///
  /// - Throws: what the queue throws, at once; or that the model cannot be used at all. What is wrong with one request
  ///   is that request's outcome.
  func sample(_ queue: some RolloutQueue) throws
}

/// Where an engine takes its requests from and brings its samples to; may be called from any thread.
///
/// Every method throws when the work is to stop; the engine then drops what it has in hand.
package protocol RolloutQueue: Sendable {
  /// The next request; nil when there is none left.
  ///
  /// Requests that share a prompt come one after another.
  func next() throws -> RolloutRequest?

  /// Takes what became of a request, once it has ended.
  func end(_ request: RolloutRequest, _ outcome: RolloutOutcome) throws

  /// Takes note of tokens that were generated; engines call it after every step.
  func generated(_ tokens: Int) throws
}
