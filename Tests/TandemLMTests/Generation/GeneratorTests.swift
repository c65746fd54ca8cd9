import Foundation
import Testing

@testable import TandemLM

struct GeneratorTests {
  private static func request(
    _ id: Int = 0, prompt: [Int32] = [5, 9, 11], sampling: SamplingParameters = .init(),
    seeds: [Int] = [1], stopIDs: Set<Int32> = [], tokens: Int = 12
  ) -> GenerationRequest {
    GenerationRequest(
      id: id, prompt: prompt, sampling: sampling, seeds: seeds, stopIDs: stopIDs,
      maximumTokens: tokens)
  }

  private static func generator(_ options: GeneratorOptions = .init(cacheBytes: 1 << 20)) throws
    -> Generator
  {
    try Generator(model: try TinyModel.make(), options: options)
  }

  @Test func frequenciesOfFirstTokensFollowTheModel() throws {
    let model = try TinyModel.make()
    let row = try #require(try FixtureTests.logits(model, [5, 9, 11]).last)
    for (index, sampling) in [
      SamplingParameters(), .init(temperature: 0.5), .init(topK: 9), .init(topP: 0.7),
      .init(minP: 0.2),
    ].enumerated() {
      var generator = try Self.generator()
      let samples = try generator.generate([
        Self.request(sampling: sampling, seeds: (0..<10_000).map { $0 * 5 + index }, tokens: 1)
      ])
      var counts = Array(repeating: 0, count: row.count)
      for sample in samples { counts[Int(sample.tokens[0])] += 1 }
      let exact = ExactDistribution.of(row, sampling)
      let tail = ChiSquare.tail(counts, exact)
      #expect(tail > 1e-4, "\(sampling): \(tail)")
      for sample in samples.prefix(100) {
        let id = Int(sample.tokens[0])
        #expect(abs(exp(Double(sample.samplingLogprobs[0])) - exact[id]) < 1e-5)
      }
      let drawn = samples.map { ($0.tokens[0], exp(Double($0.samplingLogprobs[0]))) }
      let mass = Dictionary(drawn) { first, _ in first }.values.reduce(0, +)
      let kept = exact.enumerated().filter { $0.element > 0 && counts[$0.offset] > 0 }
      #expect(abs(mass - kept.map(\.element).reduce(0, +)) < 1e-4)
    }
  }

  @Test func completionsEndWhereTheyShould() throws {
    var generator = try Self.generator()
    let free = try #require(try generator.generate([Self.request()]).first)
    #expect(free.finish == .length && free.tokens.count == 12)
    #expect(free.rawLogprobs.count == 12 && free.samplingLogprobs.count == 12)
    let stop = free.tokens[4]
    let first = try #require(free.tokens.firstIndex(of: stop))
    let stopped = try #require(try generator.generate([Self.request(stopIDs: [stop])]).first)
    #expect(stopped.finish == .stopID)
    #expect(stopped.tokens == Array(free.tokens[...first]))
    // The stop id counts even as the last token that was asked for.
    let last = try #require(
      try generator.generate([Self.request(stopIDs: [stop], tokens: first + 1)]).first)
    #expect(last.finish == .stopID)
  }

  @Test func theCallerSeesEveryTokenAndMayStop() throws {
    var generator = try Self.generator()
    let free = try #require(try generator.generate([Self.request()]).first)
    var seen: [Int32] = []
    var ended: [GeneratedSample] = []
    var requests = [Self.request()][...]
    try generator.run(
      next: { requests.popFirst() },
      onToken: { progress in
        seen.append(progress.last.id)
        #expect(Array(progress.tokens) == seen && progress.request == 0 && progress.sample == 0)
        return seen.count == 6 ? .stop(keep: 4) : .goOn
      }, onEnd: { ended.append($0) })
    #expect(seen == Array(free.tokens.prefix(6)))
    #expect(ended.count == 1 && ended.first?.finish == .stopped)
    #expect(ended.first?.tokens == Array(free.tokens.prefix(4)))
    #expect(ended.first?.rawLogprobs.count == 4)
  }

  @Test func errorsOfTheCallerLeaveTheGeneratorUsable() throws {
    struct Enough: Error {}
    var generator = try Self.generator()
    let requests = (0..<5).map { Self.request($0, seeds: [1, 2, 3]) }
    let whole = try generator.generate(requests)
    for call in 1...20 {
      var calls = 0
      var rest = requests[...]
      #expect(throws: Enough.self) {
        try generator.run(
          next: { rest.popFirst() },
          onToken: { _ in
            calls += 1
            if calls == call { throw Enough() }
            return .goOn
          }, onEnd: { _ in })
      }
    }
    #expect(try generator.generate(requests) == whole)
  }

  @Test func requestsAreTakenOnlyWhenThereIsRoom() throws {
    var generator = try Self.generator(.init(maximumBatch: 2, cacheBytes: 1 << 20))
    var taken = 0
    var ended = 0
    try generator.run(
      next: {
        guard taken < 10 else { return nil }
        taken += 1
        #expect(taken - ended <= 2)
        return Self.request(taken)
      }, onEnd: { _ in ended += 1 })
    #expect(taken == 10 && ended == 10)
  }

  @Test func promptsAreComputedOnce() throws {
    let prompt = (0..<50).map { Int32($0) }
    for (shares, tokens) in [(true, 50), (false, 400)] {
      var generator = try Self.generator(.init(cacheBytes: 4 << 20, sharesPrompts: shares))
      _ = try generator.generate([Self.request(prompt: prompt, seeds: Array(0..<8))])
      #expect(generator.counts.prompt == tokens && generator.counts.completion == 96)
      #expect(generator.counts.repeated == 0)
    }
  }

  @Test func theModelsPositionsEndACompletion() throws {
    var configuration = TinyModel.configuration()
    configuration.maximumPositions = 20
    var generator = try Generator(
      model: try TinyModel.make(configuration), options: .init(cacheBytes: 1 << 20))
    let sample = try #require(
      try generator.generate([Self.request(prompt: Array(0..<15), tokens: 100)]).first)
    #expect(sample.finish == .length && sample.tokens.count == 5)
  }

  @Test func weightsThatAreNoNumbersEndASampleWithoutTheOthers() throws {
    let configuration = TinyModel.configuration(.llama)
    var weights = Poisoned()
    weights.id = 9
    var generator = try Generator(
      model: try Model(configuration, from: weights), options: .init(cacheBytes: 1 << 20))
    let samples = try generator.generate([
      Self.request(0, prompt: [5, 9]), Self.request(1, prompt: [5, 11], tokens: 1),
    ])
    #expect(samples[0].finish == .notNumbers && samples[0].tokens.isEmpty)
    #expect(samples[1].finish == .length)
  }

  @Test(arguments: [
    request(prompt: []), request(prompt: [97]), request(prompt: [-1]),
    request(prompt: Array(repeating: 1, count: 512)), request(tokens: 0),
    request(sampling: .init(temperature: -1)),
  ])
  func refuses(_ request: GenerationRequest) throws {
    var generator = try Self.generator()
    #expect(throws: ModelError.self) { try generator.generate([request]) }
  }

  @Test func refusesWhatDoesNotFit() throws {
    let model = try TinyModel.make()
    #expect(throws: ModelError.self) {
      _ = try Generator(model: model, options: .init(cacheBytes: 10))
    }
    #expect(throws: ModelError.self) {
      _ = try Generator(model: model, options: .init(maximumBatch: 8, tokensPerStep: 4))
    }
    var generator = try Generator(model: model, options: .init(cacheBytes: 40_000))
    #expect(throws: ModelError.self) { try generator.generate([Self.request(tokens: 400)]) }
  }
}
