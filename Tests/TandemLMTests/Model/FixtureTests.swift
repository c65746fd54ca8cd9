import Foundation
import TandemMath
import TandemTestSupport
import Testing

@testable import TandemLM

/// The engine against what transformers and PEFT compute, within the tolerances of the fixtures' README.
@Suite(.enabled(if: EngineFixture.isPresent, EngineFixture.absence))
struct FixtureTests {
  private static let tolerance = 2e-4

  /// The logits of every token.
  static func logits(
    _ model: Model, adapter: Adapter? = nil, _ tokens: [Int32], step: Int = 64
  ) throws -> [[Float]] {
    var decoder = try Decoder(
      model: model, adapter: adapter, cacheBytes: 8 << 20, tokens: step, threads: 1)
    var sequence = CachedSequence()
    var rows: [[Float]] = []
    while sequence.count < tokens.count {
      let range = sequence.count..<min(sequence.count + step, tokens.count)
      #expect(decoder.cache.reserve(&sequence, count: range.upperBound))
      decoder.forward([
        Chunk(
          tokens: tokens[range], position: range.lowerBound, pages: sequence.pages,
          wantedCount: range.count)
      ]) { _, logits in rows += (0..<logits.count).map { Array(logits[$0]) } }
      sequence.count = range.upperBound
    }
    return rows
  }

  private static func worst(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Double {
    #expect(a.count == b.count)
    return zip(a, b).map { Double(abs($0 - $1)) }.max() ?? 0
  }

  private static func logSoftmax(_ row: [Float], temperature: Double = 1) -> [Double] {
    let scaled = row.map { Double($0) / temperature }
    let maximum = scaled.max() ?? 0
    let sum = log(scaled.map { exp($0 - maximum) }.reduce(0, +)) + maximum
    return scaled.map { $0 - sum }
  }

  @Test(arguments: EngineFixture.names)
  func logitsAreThoseOfTransformers(_ name: String) throws {
    let model = try EngineFixture.model(name)
    let reference = try EngineFixture.references(name)
    let size = model.configuration.vocabularySize
    for (index, forward) in try EngineFixture.forwards(name).enumerated() {
      let rows = try Self.logits(model, forward.tokens)
      let expected = try reference.floats("logits.\(index)", shape: [forward.tokens.count, size])
      let worst = Self.worst(rows.joined().map { $0 }, expected)
      #expect(worst < Self.tolerance, "\(name) \(index): \(worst)")
      for (t, row) in rows.enumerated() {
        let logprobs = Self.logSoftmax(row)
        let entropy = -logprobs.map { exp($0) * $0 }.reduce(0, +)
        #expect(abs(entropy - forward.entropy[t]) < Self.tolerance)
        guard t + 1 < rows.count else { continue }
        let next = Int(forward.tokens[t + 1])
        #expect(abs(logprobs[next] - forward.logprobs[t]) < Self.tolerance)
        let cold = Self.logSoftmax(row, temperature: 0.7)[next]
        #expect(abs(cold - forward.coldLogprobs[t]) < Self.tolerance)
      }
    }
  }

  @Test(arguments: EngineFixture.names)
  func adaptersChangeLogitsAsInPEFT(_ name: String) throws {
    let adapter = try EngineFixture.adapter(name)
    let tokens = try EngineFixture.forwards(name)[1].tokens
    let model = try EngineFixture.model(name)
    let expected = try EngineFixture.references(name).floats(
      "adapter_logits.1", shape: [tokens.count, model.configuration.vocabularySize])
    let apart = try Self.logits(model, adapter: adapter, tokens).joined().map { $0 }
    #expect(Self.worst(apart, expected) < Self.tolerance, "\(name)")
    let merged = try Model(
      folder: EngineFixture.folder(name) + "/model", weights: .float32, merging: adapter)
    let together = try Self.logits(merged, tokens).joined().map { $0 }
    #expect(Self.worst(together, expected) < Self.tolerance, "\(name)")
  }

  @Test(arguments: EngineFixture.names)
  func scoresAreThoseOfTransformers(_ name: String) throws {
    let model = try EngineFixture.model(name)
    let adapter = try EngineFixture.adapter(name)
    for forward in try EngineFixture.forwards(name) {
      for (adapter, expected) in [(nil, forward.logprobs), (adapter, forward.adapterLogprobs)] {
        var scorer = try Scorer(
          model: model, adapter: adapter, cacheBytes: 4 << 20, tokensPerStep: 5)
        let scores = try scorer.score(forward.tokens)
        #expect(scores.count == expected.count)
        for (score, expected) in zip(scores, expected) {
          #expect(abs(Double(score) - expected) < Self.tolerance, "\(name)")
        }
        let tail = try scorer.score(forward.tokens, from: forward.tokens.count - 2)
        #expect(tail == Array(scores.suffix(tail.count)))
      }
    }
  }

  @Test(arguments: EngineFixture.names)
  func greedyContinuationsAreThoseOfTransformers(_ name: String) throws {
    let model = try EngineFixture.model(name)
    let forwards = try EngineFixture.forwards(name)
    for adapter in [nil, try EngineFixture.adapter(name)] {
      var generator = try Generator(
        model: model, adapter: adapter, options: .init(cacheBytes: 4 << 20))
      let samples = try generator.generate(
        forwards.enumerated().map { index, forward in
          GenerationRequest(
            id: index, prompt: forward.tokens, sampling: .greedy, seeds: [0], stopIDs: [],
            maximumTokens: adapter == nil ? forward.greedy.count : forward.adapterGreedy.count)
        })
      for (forward, sample) in zip(forwards, samples) {
        #expect(sample.finish == .length)
        #expect(
          sample.tokens == (adapter == nil ? forward.greedy : forward.adapterGreedy), "\(name)")
        #expect(sample.samplingLogprobs.allSatisfy { $0 == 0 })
        guard adapter == nil else { continue }
        for (logprob, expected) in zip(sample.rawLogprobs, forward.greedyLogprobs) {
          #expect(abs(Double(logprob) - expected) < Self.tolerance, "\(name)")
        }
      }
    }
  }

  @Test func sixteenBitFilesAreReadExactly() throws {
    for name in EngineFixture.names where name.contains("bf16") {
      let tokens = try EngineFixture.forwards(name)[2].tokens
      let folder = EngineFixture.folder(name) + "/model"
      let narrow = try Self.logits(Model(folder: folder, weights: .stored), tokens)
      let wide = try Self.logits(Model(folder: folder, weights: .float32), tokens)
      // Widening is exact, so that the products are the same.
      #expect(narrow == wide, "\(name)")
    }
  }
}
