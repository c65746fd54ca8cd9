/// What a sample depends on besides its request.
package struct EngineIdentity: Hashable, Sendable {
  /// The kind of engine with the version of its arithmetic, such as `embedded/1`.
  ///
  /// Whatever changes samples changes it: another version, weights held in fewer bits.
  package var engine: String
  /// Digest of the model's weights; for an endpoint, what it calls its model.
  package var model: String
  /// Digest of the adapter's weights.
  package var adapter: String?
  /// Digest of the tokenizer's files, which make ids into text and so decide where a stop string is found.
  package var tokenizer: String?

  /// Names an engine with its model.
  package init(engine: String, model: String, adapter: String? = nil, tokenizer: String? = nil) {
    self.engine = engine
    self.model = model
    self.adapter = adapter
    self.tokenizer = tokenizer
  }
}
