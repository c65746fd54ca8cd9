import TandemMath
import Testing

@testable import TandemLM

/// What is generated depends on nothing but the request: bit for bit, whatever runs beside it and however it is cut up.
struct InvarianceTests {
  private static let architectures = ModelConfiguration.Architecture.allCases

  /// Prompts of different lengths, some with common beginnings, with several samples each.
  private static func requests(_ vocabulary: Int) -> [GenerationRequest] {
    (0..<12).map { id in
      var random = SeededGenerator(id % 5)
      let prompt = (0..<[1, 2, 16, 33, 47][id % 5]).map { _ in
        Int32.random(in: 0..<Int32(vocabulary), using: &random)
      }
      let sampling =
        [
          SamplingParameters(temperature: 0.9),
          .init(temperature: 0.7, topK: 20, topP: 0.9, minP: 0.01, repetitionPenalty: 1.1), .greedy,
        ][id % 3]
      return GenerationRequest(
        id: id, prompt: prompt, sampling: sampling, seeds: (0..<(1 + id % 4)).map { 100 * id + $0 },
        stopIDs: [3, 7], maximumTokens: 20 + id)
    }
  }

  private static func generate(
    _ model: Model, _ requests: [GenerationRequest], adapter: Adapter? = nil,
    _ options: GeneratorOptions
  ) throws -> [GeneratedSample] {
    var generator = try Generator(model: model, adapter: adapter, options: options)
    return try generator.generate(requests)
  }

  @Test(arguments: architectures)
  func batchesThreadsAndPiecesDoNotMatter(_ architecture: ModelConfiguration.Architecture) throws {
    let configuration = TinyModel.configuration(architecture)
    let model = try TinyModel.make(configuration)
    let adapter = architecture == .qwen3 ? TinyModel.adapter(configuration) : nil
    let requests = Self.requests(configuration.vocabularySize)
    let alone = try requests.flatMap {
      try Self.generate(model, [$0], adapter: adapter, .init(maximumBatch: 1, cacheBytes: 1 << 20))
    }
    #expect(alone.count == requests.map(\.seeds.count).reduce(0, +))
    #expect(Set(alone.map(\.finish)) == [.length, .stopID])
    for (what, options) in [
      ("7 at once", GeneratorOptions(maximumBatch: 7, cacheBytes: 1 << 20)),
      ("64 at once", .init(maximumBatch: 64, cacheBytes: 4 << 20)),
      ("two threads", .init(maximumBatch: 7, cacheBytes: 1 << 20, threads: 2)),
      ("small pieces", .init(maximumBatch: 3, tokensPerStep: 5, cacheBytes: 1 << 20)),
      ("one token a piece", .init(maximumBatch: 1, tokensPerStep: 1, cacheBytes: 1 << 20)),
      ("prompts apart", .init(maximumBatch: 16, cacheBytes: 4 << 20, sharesPrompts: false)),
      ("small pages", .init(maximumBatch: 16, cacheBytes: 4 << 20, positionsPerPage: 16)),
    ] {
      let together = try Self.generate(model, requests, adapter: adapter, options)
      #expect(together == alone, "\(architecture): \(what)")
    }
    for seed in 0..<3 {
      var random = SeededGenerator(seed)
      let shuffled = try Self.generate(
        model, requests.shuffled(using: &random), adapter: adapter,
        .init(maximumBatch: 5, cacheBytes: 1 << 20))
      #expect(
        shuffled.sorted { ($0.request, $0.sample) < ($1.request, $1.sample) } == alone,
        "\(architecture): another order")
    }
  }

  @Test func aFullCacheOnlyCostsTime() throws {
    let configuration = TinyModel.configuration()
    let model = try TinyModel.make(configuration)
    var requests = Self.requests(configuration.vocabularySize).prefix(6).map { $0 }
    for index in requests.indices {
      requests[index].stopIDs = []
      requests[index].maximumTokens = 110
    }
    let alone = try Self.generate(model, requests, .init(cacheBytes: 8 << 20))
    var repeated = 0
    for pages in [10, 13, 24] {
      let bytes = configuration.cacheBytesPerToken * 16 * pages
      for shares in [true, false] {
        var generator = try Generator(
          model: model,
          options: .init(
            maximumBatch: 8, cacheBytes: bytes, sharesPrompts: shares, positionsPerPage: 16))
        #expect(try generator.generate(requests) == alone, "\(pages) pages")
        repeated += generator.counts.repeated
      }
    }
    // Otherwise nothing was put aside and the test shows nothing.
    #expect(repeated > 0)
  }

  @Test func sixteenAndEightBitsAreInvariantToo() throws {
    let configuration = TinyModel.configuration()
    let requests = Self.requests(configuration.vocabularySize)
    for weights in Model.Weights.allCases {
      let model = try TinyModel.make(configuration, type: .bf16, weights: weights)
      let alone = try requests.flatMap {
        try Self.generate(model, [$0], .init(maximumBatch: 1, cacheBytes: 1 << 20))
      }
      let together = try Self.generate(
        model, requests, .init(maximumBatch: 9, tokensPerStep: 20, cacheBytes: 1 << 20, threads: 2))
      #expect(together == alone, "\(weights)")
    }
    let rounded = try Model(
      configuration, from: RandomWeights(type: .bf16), precision: .bfloat16)
    let alone = try requests.flatMap {
      try Self.generate(rounded, [$0], .init(maximumBatch: 1, cacheBytes: 1 << 20))
    }
    let together = try Self.generate(
      rounded, requests, .init(maximumBatch: 9, tokensPerStep: 20, cacheBytes: 1 << 20))
    #expect(together == alone, "products of 16 bits")
  }

  @Test func scoresAreTheLogprobsOfGeneration() throws {
    let configuration = TinyModel.configuration(.llama)
    let model = try TinyModel.make(configuration)
    let requests = Self.requests(configuration.vocabularySize)
    let samples = try Self.generate(model, requests, .init(cacheBytes: 1 << 20))
    for step in [1, 7, 256] {
      var scorer = try Scorer(model: model, cacheBytes: 1 << 20, tokensPerStep: step)
      for sample in samples {
        let prompt = requests[sample.request].prompt
        let scores = try scorer.score(prompt + sample.tokens, from: prompt.count)
        #expect(scores == sample.rawLogprobs, "\(step) tokens a step")
      }
    }
  }
}
