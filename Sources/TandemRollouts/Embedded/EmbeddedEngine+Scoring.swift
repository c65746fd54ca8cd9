internal import TandemLM
internal import TandemTokenizer

extension EmbeddedEngine: ScoringEngine {
  package func score(_ requests: [ScoringRequest]) throws -> [[Float]] {
    let texts = requests.map { request in
      let given =
        (request.prompt.ids ?? []) + tokenizer.encode(request.opening, parseSpecial: false)
      return (given, tokenizer.encode(request.continuation, parseSpecial: false))
    }
    let longest = texts.map { $0.count + $1.count }.max() ?? 0
    let positions = min(longest, configuration.maximumPositions) + 64
    var scorer = try Scorer(
      model: try Model(folder: folder, weights: options.weights, threads: options.threads),
      adapter: try adapterFolder.map { try Adapter(folder: $0, for: configuration) },
      cacheBytes: configuration.cacheBytesPerToken * positions * 5 / 4 + (1 << 20),
      threads: options.threads)
    let logprobs = try texts.map { given, scored in
      try scorer.score(given + scored, from: given.count)
    }
    try confirmIdentity()
    return logprobs
  }
}
