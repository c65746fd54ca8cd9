import TandemRecords
import Testing

@testable import TandemMethod

/// The budget cuts at a step, and what is left is audited again.
@Suite struct HintBudgetTests {
  /// A token is a word.
  static let words = TokenCounter { $0.split { $0.isWhitespace }.count }

  static func hint(_ trace: String, budget: Int, gold: String = "9") -> Hint {
    var rule = HintRule()
    rule.budget = budget
    return HintMakerTests.hint(
      trace, HintMakerTests.problem(gold), rule: rule, counter: words)
  }

  static let trace = "Take two eggs. Then take three more. Add them all up. The answer is 9."

  @Test(arguments: [
    (100, "Take two eggs. Then take three more. Add them all up.", 11),
    (11, "Take two eggs. Then take three more. Add them all up.", 11),
    (10, "Take two eggs. Then take three more.", 7), (7, "Take two eggs. Then take three more.", 7),
    (6, "Take two eggs.", 3), (3, "Take two eggs.", 3),
  ]) func cutsAtAStep(budget: Int, text: String, tokens: Int) {
    let hint = Self.hint(Self.trace, budget: budget)
    #expect(hint.text == text && hint.tokens == tokens && hint.budget == budget)
    #expect(!hint.tokensEstimated)
    let reasons = Set(hint.removed.map(\.reason)).subtracting(["answer: statement"])
    #expect(reasons == (tokens == 11 ? [] : [HintReason.budget]))
  }

  /// A step that lost its value to the audit and then its place to the budget went for the budget.
  @Test func theLastReasonIsTheOneThatCounts() {
    let trace = "Take two eggs. Then 12 - 3 = 9 are left. The answer is 9."
    let hint = Self.hint(trace, budget: 3)
    #expect(hint.text == "Take two eggs.")
    #expect(hint.removed.map(\.reason) == [HintReason.budget, "answer: statement"])
  }

  @Test func aFirstStepBeyondTheBudgetIsNoHint() {
    let hint = Self.hint(Self.trace, budget: 2)
    #expect(hint.status == .none && hint.reason == HintReason.overBudget)
    #expect(hint.removed.count == 4)
  }

  /// A list of three is not the set of two, but what the budget leaves of it is.
  @Test func cuttingCanMakeALeakThatIsFound() {
    let gold = "\\{2, 5\\}"
    let trace = "Take both roots.\nThey are 2, 5,\n7 at last.\nDone with that now."
    for budget in 3...20 {
      let hint = Self.hint(trace, budget: budget, gold: gold)
      #expect(!hint.text.contains("2, 5") || hint.text.contains("7"), "budget \(budget)")
    }
  }

  @Test(arguments: 0..<40) func neverExceedsIt(seed: Int) {
    var random = SeededGenerator(seed)
    let text = StepSplitterTests.randomText(&random, pieces: 200)
    let budget = Int.random(in: 1...80, using: &random)
    let hint = Self.hint(text, budget: budget)
    #expect(Self.words.count(hint.text) <= budget && hint.tokens <= budget, "seed \(seed)")
  }
}
