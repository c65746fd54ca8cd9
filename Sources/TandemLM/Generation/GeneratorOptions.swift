/// How much a generator does at once; nothing here changes what it generates.
package struct GeneratorOptions: Hashable, Sendable {
  /// The number of completions that grow at the same time.
  package var maximumBatch: Int
  /// The number of tokens that go through the model in one step.
  package var tokensPerStep: Int
  /// The bytes that keys and values may take.
  package var cacheBytes: Int
  /// Whether the samples of a request share the keys and values of its prompt.
  package var sharesPrompts: Bool
  /// The number of threads.
  package var threads: Int
  /// The tokens of a page of the cache, a multiple of 16.
  package var positionsPerPage: Int

  /// Options with what suits a laptop.
  package init(
    maximumBatch: Int = 16, tokensPerStep: Int = 256, cacheBytes: Int = 512 << 20,
    sharesPrompts: Bool = true, threads: Int = 1, positionsPerPage: Int = 32
  ) {
    self.maximumBatch = maximumBatch
    self.tokensPerStep = tokensPerStep
    self.cacheBytes = cacheBytes
    self.sharesPrompts = sharesPrompts
    self.threads = threads
    self.positionsPerPage = positionsPerPage
  }
}
