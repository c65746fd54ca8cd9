import TandemAnswers
import TandemRecords
import Testing

@testable import TandemMethod

/// What dropout withholds, and how often.
@Suite struct HintDropoutTests {
  private static let trace =
    (1...6).map { "Take \($0 + 20) more eggs." }.joined(separator: " ") + "\nA: 9"

  private static func hints(
    _ mode: DropoutMode, p: Double, count: Int, seed: Int = 0, trace: String = trace
  ) -> [Hint] {
    var rule = HintRule()
    rule.dropout = .init(mode: mode, p: p)
    rule.seed = seed
    return (0..<count).map { number in
      var problem = HintMakerTests.problem("9")
      problem.id = "p\(number)"
      let trace = Trace(
        id: "t", problemID: problem.id, model: "teacher", round: .cold, sample: 0, text: trace,
        engine: "test")
      return HintMaker(problem, rule: rule).hint(
        for: "s", teacher: .init(trace: trace, answer: "9", score: 1), counter: .estimate)
    }
  }

  /// Five standard deviations of a binomial share.
  private static func isNear(_ share: Double, _ p: Double, of count: Int) -> Bool {
    abs(share - p) < 5 * (p * (1 - p) / Double(count)).squareRoot()
  }

  @Test(arguments: [0.1, 0.25, 0.5]) func contextsAreWithheldAtTheirRate(p: Double) {
    let hints = Self.hints(.context, p: p, count: 2_000)
    let withheld = hints.filter { $0.status == .withheld }
    #expect(Self.isNear(Double(withheld.count) / 2_000, p, of: 2_000))
    // A withheld hint keeps its text.
    #expect(Set(hints.map(\.text)).count == 1 && withheld.allSatisfy { $0.stepsKept == 6 })
  }

  @Test func presetsHaveTheirRates() {
    #expect(HintRule(.tandem).dropout == .init(mode: .context, p: 0.1))
    #expect(HintRule(.corePaper).dropout == .init(mode: .context, p: 0.25))
  }

  @Test func stepsAreWithheldOneByOne() {
    let count = 1_000
    let hints = Self.hints(.step, p: 0.4, count: count)
    let kept = hints.reduce(0) { $0 + $1.stepsKept }
    #expect(Self.isNear(1 - Double(kept) / Double(6 * count), 0.4, of: 6 * count))
    // A hint that lost every step is none: only chance took it, so it is in neither arm.
    let none = hints.filter { $0.status == .none }
    #expect(none.allSatisfy { $0.reason == HintReason.allWithheld })
    #expect(hints.allSatisfy { $0.status != .withheld })
    for hint in hints {
      #expect(hint.removed.count { $0.reason == HintReason.dropout } + hint.stepsKept == 6)
    }
  }

  /// The same draws decide at every p: more dropout withholds what less did, and more.
  @Test func aHigherRateWithholdsMore() {
    var withheld: Set<String> = []
    for p in [0, 0.1, 0.3, 0.7, 1] {
      let now = Set(
        Self.hints(.context, p: p, count: 300).filter { $0.status == .withheld }.map(\.problemID))
      #expect(now.isSuperset(of: withheld))
      withheld = now
    }
    #expect(withheld.count == 300)
  }

  @Test func theSeedDecides() {
    let first = Self.hints(.context, p: 0.5, count: 200).map(\.status)
    #expect(first == Self.hints(.context, p: 0.5, count: 200).map(\.status))
    #expect(first != Self.hints(.context, p: 0.5, count: 200, seed: 1).map(\.status))
  }

  /// The ablation leaves the answer statement in, so that the audit flags it; what else leaks goes all the same.
  @Test func markersAreLeftWithTheOtherRate() {
    let trace = "Take 12 eggs. Then 12 - 3 = 9 are left.\nThe answer is \\boxed{9}."
    let hints = Self.hints(.marker, p: 0.3, count: 400, trace: trace)
    let auditor = LeakAuditor(gold: "9", question: "How many are there?")
    var flagged = 0
    for hint in hints {
      let isFlagged = auditor.audit(hint.text).severity.rank <= Severity.equivalent.rank
      #expect(isFlagged == (hint.reason == HintReason.markersLeft))
      #expect(hint.status == .given && hint.text.contains("12 - 3 = ..."))
      #expect(hint.text.contains("\\boxed{9}") == isFlagged)
      if isFlagged { flagged += 1 }
    }
    #expect(Self.isNear(Double(flagged) / 400, 0.7, of: 400))
  }

  /// Withholding a step can make a leak of what is left, which is found.
  @Test func whatIsLeftIsAuditedAgain() {
    let auditor = LeakAuditor(gold: "\\{2, 5\\}", question: "Which?")
    var rule = HintRule()
    rule.dropout = .init(mode: .step, p: 0.5)
    for seed in 0..<200 {
      rule.seed = seed
      var problem = HintMakerTests.problem("\\{2, 5\\}", question: "Which?")
      problem.goldType = .expression
      let hint = HintMakerTests.hint(
        "We write 1,\n2, 5\n, 7 in a row.\nThen all of them: 2, 3, 5.\nTake two eggs.", problem,
        rule: rule)
      #expect(auditor.audit(hint.text).severity.rank > Severity.equivalent.rank, "seed \(seed)")
    }
  }
}
