internal import TandemMath

/// Gives the probabilities that a model gives to texts that are there already.
package struct Scorer: ~Copyable {
  private var decoder: Decoder
  private let softmax: Softmax

  /// A scorer for a model, with an adapter or without.
  ///
  /// - Parameters:
  ///   - cacheBytes: what keys and values may take; a sequence must fit.
  ///   - tokensPerStep: how many tokens go through the model at once.
  /// - Throws: ``ModelError``, `MemoryError`.
  package init(
    model: Model, adapter: Adapter? = nil, cacheBytes: Int = 512 << 20, tokensPerStep: Int = 256,
    threads: Int = 1
  ) throws {
    decoder = try Decoder(
      model: model, adapter: adapter, cacheBytes: cacheBytes, tokens: max(tokensPerStep, 1),
      threads: threads)
    softmax = Softmax(level: decoder.workers.level)
  }

  /// The raw logprob of every token after the first: the natural logarithm of its probability by the full softmax at
  /// temperature 1, given the tokens before it.
  ///
  /// - Parameter first: the index of the first token that is wanted; those before it are read and not scored.
  /// - Returns: one number for every token from `first` on; NaN where the model's logits are not numbers.
  /// - Throws: ``ModelError`` for ids that the model has not, or more tokens than fit.
  package mutating func score(_ tokens: [Int32], from first: Int = 1) throws -> [Float] {
    let configuration = decoder.model.configuration
    try configuration.check(tokens, "the text")
    let limit = min(configuration.maximumPositions, decoder.cache.capacity)
    guard tokens.count <= limit else {
      throw ModelError("", "a text of \(tokens.count) tokens does not fit; at most \(limit) do")
    }
    let first = max(first, 1)
    guard tokens.count > first else { return [] }
    var logprobs = [Float](repeating: .nan, count: tokens.count - first)
    var sequence = CachedSequence()
    defer { decoder.cache.release(&sequence) }
    // The last token predicts nothing that is there.
    let inputs = tokens.dropLast()
    while sequence.count < inputs.count {
      let range = sequence.count..<min(sequence.count + decoder.workspace.tokens, inputs.count)
      guard decoder.cache.reserve(&sequence, count: range.upperBound) else {
        throw ModelError("", "a text of \(tokens.count) tokens does not fit into the cache")
      }
      let scored = max(range.lowerBound, first - 1)..<max(range.upperBound, first - 1)
      let chunk = Chunk(
        tokens: inputs[range], position: range.lowerBound, pages: sequence.pages,
        wantedCount: scored.count)
      let (workers, softmax) = (decoder.workers, softmax)
      logprobs.withUnsafeMutableBufferPointer { logprobs in
        decoder.forward([chunk]) { start, logits in
          workers.run(logits.count) { row, _ in
            let position = scored.lowerBound + start + row
            let target = Int(tokens[position + 1])
            let row = UnsafeBufferPointer(logits[row])
            logprobs[position + 1 - first] = Float(
              min(Double(row[target]) - softmax.logSumExp(row), 0))
          }
        }
      }
      sequence.count = range.upperBound
    }
    return logprobs
  }
}
