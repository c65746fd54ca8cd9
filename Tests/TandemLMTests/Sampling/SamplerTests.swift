import Foundation
import Testing

@testable import TandemLM

struct SamplerTests {
  /// Logits of a peaked row with ties and large negative values.
  private static func row(_ seed: Int, count: Int, spread: Float = 3) -> [Float] {
    var random = SeededGenerator(seed)
    var row = (0..<count).map { _ in Float.random(in: -spread...spread, using: &random) }
    for _ in 0..<count / 8 {
      row[Int.random(in: 0..<count, using: &random)] =
        row[Int.random(in: 0..<count, using: &random)]
    }
    return row
  }

  private static let kinds: [(String, SamplingParameters)] = [
    ("plain", .init()), ("cold", .init(temperature: 0.6)), ("hot", .init(temperature: 1.7)),
    ("top-k", .init(topK: 7)), ("top-p", .init(topP: 0.8)), ("min-p", .init(minP: 0.1)),
    ("penalty", .init(repetitionPenalty: 1.4)),
    (
      "all",
      .init(temperature: 0.8, topK: 20, topP: 0.9, minP: 0.05, repetitionPenalty: 1.2)
    ),
  ]

  @Test(arguments: kinds.indices)
  func frequenciesFollowTheDistribution(_ kind: Int) throws {
    let (name, parameters) = Self.kinds[kind]
    var logits = Self.row(kind, count: 50)
    let seen = [3, 11, 12, 40]
    let exact = ExactDistribution.of(logits, parameters, seen: Set(seen))
    let raw = ExactDistribution.of(logits, .init())
    var worst = 0.0
    var counts = Array(repeating: 0, count: logits.count)
    var sampler = Sampler()
    for draw in 0..<10_000 {
      let token = try #require(
        logits.withUnsafeMutableBufferPointer {
          sampler.draw(
            from: $0, parameters, seen: seen.map(Int32.init), seed: 1000 + draw / 100,
            position: draw % 100)
        })
      counts[Int(token.id)] += 1
      worst = max(worst, abs(exp(Double(token.samplingLogprob)) - exact[Int(token.id)]))
      worst = max(worst, abs(exp(Double(token.rawLogprob)) - raw[Int(token.id)]))
    }
    #expect(worst < 1e-5, "\(name)")
    let tail = ChiSquare.tail(counts, exact)
    #expect(tail > 1e-4, "\(name): \(tail)")
  }

  @Test func theChiSquareTestSeesAWrongDistribution() {
    #expect(ChiSquare.tail([520, 480], [0.5, 0.5]) > 0.1)
    #expect(abs(ChiSquare.tail([60, 40], [0.5, 0.5]) - 0.0455) < 1e-4)
    #expect(ChiSquare.tail([600, 400], [0.5, 0.5]) < 1e-8)
    #expect(ChiSquare.tail([999, 1], [1, 0]) == 0)
  }

  @Test func theKeptSetIsExactAndSumsToOne() throws {
    for seed in 0..<300 {
      var random = SeededGenerator(seed)
      let spread = Float.random(in: 0...12, using: &random)
      let logits = Self.row(
        seed + 1, count: Int.random(in: 1...400, using: &random), spread: spread)
      let parameters = SamplingParameters(
        temperature: Double.random(in: 0.05...3, using: &random),
        topK: Bool.random(using: &random) ? Int.random(in: 1...100, using: &random) : 0,
        topP: Bool.random(using: &random) ? Double.random(in: 0.01...1, using: &random) : 1,
        minP: Bool.random(using: &random) ? Double.random(in: 0...1, using: &random) : 0)
      let exact = ExactDistribution.of(logits, parameters)
      var sampler = Sampler()
      logits.withUnsafeBufferPointer { sampler.keep($0, parameters) }
      var probabilities = Array(repeating: 0.0, count: logits.count)
      for (index, weight) in sampler.weights.enumerated() {
        let id = sampler.kept.isEmpty ? index : Int(sampler.kept[index])
        probabilities[id] = Double(weight) / sampler.total
      }
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-6, "seed \(seed)")
      #expect(sampler.kept == sampler.kept.sorted(), "seed \(seed)")
      let worst = zip(probabilities, exact).map { abs($0 - $1) }.max() ?? 0
      #expect(worst < 1e-5, "seed \(seed): \(worst), \(parameters)")
    }
  }

  @Test func temperatureZeroTakesTheFirstOfTheMostProbable() throws {
    var logits: [Float] = [1, 5, 5, -2]
    var sampler = Sampler()
    func draw(_ parameters: SamplingParameters, _ seen: [Int32] = []) throws -> SampledToken {
      try #require(
        logits.withUnsafeMutableBufferPointer {
          sampler.draw(from: $0, parameters, seen: seen, seed: 1, position: 0)
        })
    }
    let token = try draw(.greedy)
    #expect(token.id == 1 && token.samplingLogprob == 0)
    #expect(abs(Double(token.rawLogprob) - log(ExactDistribution.of(logits, .init())[1])) < 1e-6)
    var penalised = SamplingParameters.greedy
    penalised.repetitionPenalty = 2
    #expect(try draw(penalised, [1]).id == 2)
    #expect(logits == [1, 5, 5, -2])
  }

  @Test func logitsThatAreNoNumbersAreReported() {
    for bad in [[Float.nan, 1], [.infinity, 1], [-.infinity, -.infinity]] {
      var logits = bad
      for parameters in [SamplingParameters.greedy, .init(), .init(topK: 1)] {
        var sampler = Sampler()
        let token = logits.withUnsafeMutableBufferPointer {
          sampler.draw(from: $0, parameters, seen: [], seed: 1, position: 0)
        }
        #expect(token == nil, "\(bad)")
      }
    }
  }

  @Test func aDrawDependsOnSeedAndPositionAlone() throws {
    var logits = Self.row(5, count: 64)
    func draw(_ seed: Int, _ position: Int) -> Int32? {
      var sampler = Sampler()
      return logits.withUnsafeMutableBufferPointer {
        sampler.draw(from: $0, .init(), seen: [], seed: seed, position: position)?.id
      }
    }
    #expect(draw(7, 3) == draw(7, 3))
    #expect(Set((0..<50).map { draw(7, $0) }).count > 5)
    #expect(Set((0..<50).map { draw($0 - 25, 3) }).count > 5)
  }

  @Test(arguments: [
    SamplingParameters(temperature: -1), .init(temperature: .nan), .init(temperature: 1e-9),
    .init(topK: -1), .init(topP: 0), .init(topP: 1.1), .init(topP: .nan), .init(minP: -0.1),
    .init(minP: 2), .init(repetitionPenalty: 0), .init(repetitionPenalty: .infinity),
  ])
  func refuses(_ parameters: SamplingParameters) {
    #expect(throws: ModelError.self) { try parameters.check() }
  }
}
