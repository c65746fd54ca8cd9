import TandemAnswers
import TandemRecords
import Testing

@testable import TandemMethod

/// Long texts of one piece, on which any step that looks back or ahead without bound shows.
@Suite struct HostileTraceTests {
  private static let units = [
    "9 ", "$", "$$", "\\(", "\\[", "\\boxed{", "\\boxed 9 ", "{", "}", "(", ")", "**", "`", "```\n",
    "~~~\n", "<think>", "</think>", "<answer>", "<answer>9</answer>", "the answer is ", "answer: ",
    "answer is answer is 9? ", "#### 9\n", "A: 9\n", ". ", "9. ", "e.g. ", "...", "<<9", ">>",
    "<<9=9>>9", "= 9 ", "x = ", "\\begin{align}", "\\end{align}", "1. ", "- 9\n", "# \n", "\n", " ",
    "\\", "9\n\n", "nine ", "\"answer\": ", "ANSWER: ", "[asy]", "[/asy]", "9 + ", "(9", "$9",
    "9$ ",
    "**9", "\u{3002}", "é", "So 3 + 6 = 9.\n",
  ]

  @Test(arguments: units) func areReadInLinearTime(_ unit: String) {
    let trace = String(repeating: unit, count: 16_000 / unit.utf8.count)
    var rule = HintRule()
    rule.budget = 100
    let hint = HintMakerTests.hint(trace, HintMakerTests.problem("9"), rule: rule)
    let auditor = LeakAuditor(gold: "9", question: "How many are there?")
    #expect(auditor.audit(hint.text).severity.rank > Severity.equivalent.rank)
    #expect(hint.tokens <= 100)
  }
}
