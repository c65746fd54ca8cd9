import Foundation
import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct ExplorationTests {
  static func sample(_ text: String, correct: Bool = false, model: Int = 0) -> RewardSample {
    RewardSample(model: model, round: .cold, verdict: correct ? .correct : .incorrect, text: text)
  }

  /// The published value: -ln(1 - 4 / (1 + 4 n)) / ln 5.
  @Test(arguments: 1..<12) func identicalTracesShareTheGain(n: Int) {
    let features = [TraceFeatures](repeating: TraceFeatures(of: "3 + 4 = 7"), count: n)
    let expected = -log(1 - 4 / (1 + 4 * Double(n))) / log(5)
    for value in LogDetExploration.values(SimilarityMatrix(features)) {
      #expect(abs(value - expected) < 1e-12)
    }
  }

  /// Texts without a common word or kind of step.
  @Test func orthogonalTracesGainAll() {
    let texts = ["alpha 1 + 2", "beta verify", "gamma \\sqrt{9}", "delta by induction"]
    let values = LogDetExploration.values(SimilarityMatrix(texts.map { TraceFeatures(of: $0) }))
    for value in values { #expect(abs(value - 1) < 1e-12) }
  }

  @Test(arguments: 0..<30) func gainsLieInTheirRangeAndFallWithCompany(seed: Int) {
    let item = RandomCase(
      seed: seed, models: 3, cold: 3, rescue: true, outcomes: .mixed, uneven: false)
    let features = item.samples.map { TraceFeatures(of: $0.text) }
    let all = LogDetExploration.values(SimilarityMatrix(features))
    let fewer = LogDetExploration.values(SimilarityMatrix(Array(features.dropLast())))
    for (value, before) in zip(all, fewer) {
      #expect(value > 0 && value <= 1 + 1e-12, "seed \(seed)")
      #expect(value <= before + 1e-12, "seed \(seed)")
    }
  }

  /// Six traces find room in the set, so the published term says nothing.
  @Test(arguments: 0..<10) func maxMinIsZeroBelowTheCap(seed: Int) {
    let item = RandomCase(
      seed: seed, models: 2, cold: 2, rescue: true, outcomes: .mixed, uneven: false)
    let problem = RewardCase(item.samples, gold: "14")
    #expect(RewardScheme(.corePaper).terms(of: problem).allSatisfy { $0.exploration == 0 })
  }

  /// Twelve traces without a common word: the cap of ten binds, and two are at distance 0.6 (the kinds are all none).
  @Test func maxMinPaysWhatTheCapKeepsOut() {
    let words = [
      "ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibis", "jay", "kite", "lark",
    ]
    let problem = RewardCase(words.map { Self.sample($0) }, gold: "1")
    let values = MaxMinExploration.values(problem, correctness: [Double](repeating: 0, count: 12))
    #expect(values.count { $0 == 0 } == 10)
    for value in values.suffix(2) { #expect(abs(value - 0.45) < 1e-12) }
  }

  @Test func noTracesHaveNoTerms() {
    #expect(RewardScheme(.corePaper).terms(of: RewardCase([], gold: "1")).isEmpty)
    #expect(RewardRule(.tandem).values(of: RewardCase([], gold: "1")).isEmpty)
  }
}
