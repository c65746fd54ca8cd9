import Testing

@testable import TandemAnswers

/// Every statement of an answer with its value, as the rules of extraction name them.
@Suite struct AnswerSpansTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    /// Kind, statement and value of each span, in order.
    var spans: [(AnswerSpan.Kind, String, String)]
    var testDescription: String { text }

    init(_ text: String, _ spans: (AnswerSpan.Kind, String, String)...) {
      self.text = text
      self.spans = spans
    }
  }

  static let cases: [Case] = [
    // Boxes: outermost, balanced, all of them.
    Case("so \\boxed{9}.", (.box, "\\boxed{9}", "9")),
    Case("\\boxed{\\frac{1}{2}}", (.box, "\\boxed{\\frac{1}{2}}", "\\frac{1}{2}")),
    Case("\\boxed{a \\fbox{b} c}", (.box, "\\boxed{a \\fbox{b} c}", "a \\fbox{b} c")),
    Case("\\boxed{\\{1\\}}", (.box, "\\boxed{\\{1\\}}", "\\{1\\}")),
    Case("\\boxed 5 or", (.box, "\\boxed 5", "5")),
    Case("\\fbox{7} and \\boxed{8}", (.box, "\\fbox{7}", "7"), (.box, "\\boxed{8}", "8")),
    Case("\\boxed{9\nmore", (.box, "\\boxed{9", "9")),
    Case("\\boxed{}", (.box, "\\boxed{}", "")),
    Case("boxed 9 and \\boxedx{9}"),
    // Tags and keys.
    Case("<answer> 9 </answer>", (.tag, "<answer> 9 </answer>", "9")),
    Case("<FINAL_ANSWER>\n9\n</final_answer>", (.tag, "<FINAL_ANSWER>\n9\n</final_answer>", "9")),
    Case("<outcome>9</outcome>", (.tag, "<outcome>9</outcome>", "9")),
    Case("<result>9\nmore", (.tag, "<result>9", "9")),
    Case("{\"answer\": \"C\"}", (.tag, "{\"answer\": \"C\"}", "C")),
    Case("<answers>9</answers>"),
    // Lines.
    Case("Add.\n#### 9", (.hashes, "#### 9", "9")),
    Case("#### 9\nmore", (.hashes, "#### 9", "9")),
    Case("#### Step one\nAdd."),
    Case("Add.\n  A: 9 eggs\n", (.line, "A: 9 eggs", "9 eggs")),
    Case("A: 9\nmore"),
    Case("Answer: 9.", (.line, "Answer: 9", "9")),
    Case("**Final Answer:** 9", (.line, "**Final Answer:** 9", "9")),
    Case("## Answer\n9", (.statement, "## Answer\n9", "9")),
    Case("Result: 9", (.line, "Result: 9", "9")),
    Case("Outcome: 9", (.line, "Outcome: 9", "9")),
    Case("ANSWER: C", (.line, "ANSWER: C", "C")),
    // Sentences.
    Case("Add. The answer is 9. Done.", (.statement, "The answer is 9", "9")),
    Case(
      "We add, so the answer is 9.5 eggs.", (.statement, "so the answer is 9.5 eggs", "9.5 eggs")),
    Case("The final answer: $x = 3$.", (.line, "The final answer: $x = 3$", "$x = 3$")),
    Case("The answer is 9 because we add.", (.statement, "The answer is 9", "9")),
    Case("The result is 45, then.", (.result, "The result is 45, then", "45, then")),
    Case("The answers are 3 and 4.", (.statement, "The answers are 3 and 4", "3 and 4")),
    Case(
      "The answer is \\boxed{9}.", (.statement, "The answer is \\boxed{9}", "\\boxed{9}"),
      (.box, "\\boxed{9}", "9")),
    // No statements.
    Case("What is the answer? We answer later."),
    Case("A common wrong answer is 5."),
    Case("Suppose the answer is 5."),
    Case("It results in 5."),
    Case(""),
  ]

  @Test(arguments: cases) func findsEveryStatement(_ case: Case) {
    let bytes = Array(`case`.text.utf8)
    let spans = AnswerSpans.find(in: bytes, 0..<bytes.count)
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    #expect(spans.map(\.kind) == `case`.spans.map(\.0))
    #expect(spans.map { text($0.range) } == `case`.spans.map(\.1))
    #expect(spans.map { text($0.value) } == `case`.spans.map(\.2))
  }
}
