import TandemRecords
import Testing

@testable import TandemMethod

/// Cases that are computed by hand.
@Suite struct RewardSchemeTests {
  static func sample(
    _ model: Int, _ round: Round, _ verdict: Verdict, hinted: Bool = false, answer: String? = nil,
    text: String = ""
  ) -> RewardSample {
    RewardSample(
      model: model, round: round, verdict: verdict, answer: answer, text: text, isHinted: hinted)
  }

  /// Model 0 fails twice and is rescued, model 1 succeeds once of twice; all texts are the same.
  static let rescued = [
    sample(0, .cold, .incorrect), sample(0, .cold, .noAnswer), sample(1, .cold, .correct),
    sample(1, .cold, .incorrect), sample(0, .rescue, .correct, hinted: true),
  ]

  @Test func aRescueByHand() {
    let values = RewardRule(.tandem).values(of: RewardCase(Self.rescued, gold: "7"))
    // Five identical traces: M^-1 has 1 - 4/21 on its diagonal.
    let gain = 0.1312937218855649
    #expect(abs(values[4].terms.exploration - gain) < 1e-9)
    #expect(values[4].terms.rescue == 1)
    #expect(values[4].terms.traceAccuracy == 0, "the rescue round has no failure")
    #expect(values[2].terms.traceAccuracy == 0.75)
    #expect(values[4].terms.crossModel == 0, "no partner was sampled in the rescue round")
    #expect(abs(values[4].total - (1 + 0.1 * gain + 0.15)) < 1e-9)
    #expect(abs(values[2].total - (1 + 0.1 * gain + 0.2 * 0.75)) < 1e-9)
    // Two wrong and one right: 2 / sqrt 2 and -1 / sqrt 2, whatever the right one is worth.
    #expect(abs(values[4].advantage - 2.0.squareRoot()) < 1e-12)
    #expect(abs(values[0].advantage + 0.5.squareRoot()) < 1e-12)
    #expect(abs(values[2].advantage - 1) < 1e-12)
  }

  @Test func theBonusNeedsAHintAFailureAndAPeer() {
    var unhinted = Self.rescued
    unhinted[4].isHinted = false
    var solvedBefore = Self.rescued
    solvedBefore[0].verdict = .correct
    var withoutPeer = Self.rescued
    withoutPeer[2].verdict = .incorrect
    var unsampled = Self.rescued
    unsampled.removeFirst(2)
    for samples in [unhinted, solvedBefore, withoutPeer, unsampled] {
      let terms = RewardScheme(.tandem).terms(of: RewardCase(samples, gold: "7"))
      #expect(terms.allSatisfy { $0.rescue == 0 })
    }
  }

  @Test func partialCreditIsTheOverlapOfTokens() {
    let gold = AnswerTokens(of: "14 red apples")
    #expect(gold.overlap(AnswerTokens(of: "14 green Apples")) == 2 / 3.0)
    #expect(gold.overlap(AnswerTokens(of: "14 14 14")) == 1 / 3.0)
    #expect(gold.overlap(AnswerTokens(of: " ")) == 0)
    let samples = [
      Self.sample(0, .cold, .incorrect, answer: "15 red apples"),
      Self.sample(1, .cold, .noAnswer), Self.sample(1, .cold, .correct, answer: "14"),
    ]
    let problem = RewardCase(samples, gold: "14 red apples")
    let paper = RewardScheme(.corePaper).terms(of: problem).map(\.correctness)
    #expect(paper == [0.3 * (2 / 3.0), 0, 1 + 0.3 * 0.5])
    #expect(RewardScheme(.tandem).terms(of: problem).map(\.correctness) == [0, 0, 1])
  }

  @Test func theScheduleOfThePaper() {
    #expect(RewardScheme(.corePaper, epoch: 1).weights.exploration == 0.2)
    #expect(RewardScheme(.corePaper, epoch: 1).weights.crossModel == 0)
    #expect(RewardScheme(.corePaper, epoch: 2).weights.exploration == 0.05)
    #expect(RewardScheme(.corePaper, epoch: 3).weights.crossModel == 0.1)
    #expect(RewardScheme(.tandem, epoch: 1).weights == RewardScheme(.tandem, epoch: 9).weights)
  }

  /// Texts without a common word or kind are at distance 0.6 + 0 where both have no kind.
  @Test func crossModelTakesTheNearestOfAGoodPartner() {
    let samples = [
      Self.sample(0, .cold, .correct, text: "ant"), Self.sample(1, .cold, .correct, text: "bee"),
      Self.sample(1, .cold, .incorrect, text: "ant"),
      Self.sample(2, .cold, .incorrect, text: "cow"),
    ]
    let terms = RewardScheme(.tandem).terms(of: RewardCase(samples, gold: "1"))
    #expect(terms.map { ($0.crossModel * 1e9).rounded() / 1e9 } == [0, 0.45, 0, 0])
  }

  @Test func lengthAndFormat() {
    func length(_ tokens: Int?, truncated: Bool = false) -> Double {
      var sample = Self.sample(0, .cold, .correct)
      (sample.tokens, sample.isTruncated) = (tokens, truncated)
      return LengthTerm.value(sample, limit: 4000)
    }
    #expect([length(nil), length(3000), length(3500), length(4000)] == [0, 0, -0.5, -1])
    #expect(length(9000) == -1 && length(10, truncated: true) == -1)
    #expect(FormatTerm.value(Self.sample(0, .cold, .incorrect)) == 1)
    #expect(FormatTerm.value(Self.sample(0, .cold, .ungradable)) == 0)
  }

  @Test func teachersAreScoredByTheColdRoundAlone() {
    let scheme = RewardScheme(.tandem)
    let totals = scheme.coldTotals(of: Self.rescued, gold: "7")
    let cold = RewardCase(Array(Self.rescued.dropLast()), gold: "7")
    #expect(totals == scheme.terms(of: cold).map { $0.total(scheme.weights) })
    #expect(totals.count == 4)
  }
}
