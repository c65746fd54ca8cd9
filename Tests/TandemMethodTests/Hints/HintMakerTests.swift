import TandemAnswers
import TandemRecords
import Testing

@testable import TandemMethod

/// What hints are made of single traces, case by case.
@Suite struct HintMakerTests {
  static func problem(
    _ gold: String, question: String = "How many are there?", choices: [String]? = nil
  ) -> Problem {
    Problem(
      id: "p", dataset: "d", split: "test", question: question, choices: choices, gold: gold,
      goldType: choices == nil ? .number : .choice, source: .init(file: "f", row: 1))
  }

  static func hint(
    _ trace: String, _ problem: Problem, rule: HintRule = HintRule(), answer: String? = nil,
    counter: TokenCounter = .estimate, student: String = "s"
  ) -> Hint {
    var rule = rule
    if rule.dropout.mode == .context { rule.dropout.p = 0 }
    let trace = Trace(
      id: "t", problemID: problem.id, model: "teacher", round: .cold, sample: 0, text: trace,
      engine: "test")
    return HintMaker(problem, rule: rule).hint(
      for: student, teacher: .init(trace: trace, answer: answer ?? problem.gold, score: 1.5),
      counter: counter)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var trace: String
    var hint: String
    var gold = "9"
    var question = "How many are there?"
    var testDescription: String { trace }
  }

  // MARK: Values

  static let values: [Case] = [
    // The step still teaches.
    Case(trace: "15 - 6 = 9", hint: "15 - 6 = ..."),
    Case(trace: "15 - 6 = 9.\nSo there are 9.", hint: "15 - 6 = ..."),
    Case(
      trace: "He eats 3 of 12 eggs. So 12 - 3 = 9 eggs are left. The answer is 9.",
      hint: "He eats 3 of 12 eggs. So 12 - 3 = ... eggs are left."),
    // Other spellings of the value.
    Case(trace: "We take 12 - 3 = nine of them.", hint: "We take 12 - 3 = ... of them."),
    Case(trace: "We take 12 - 3 = 9.0 litres.", hint: "We take 12 - 3 = ... litres."),
    Case(
      trace: "Half of 2,468 is 1,234 and no more.", hint: "Half of 2,468 is ... and no more.",
      gold: "1234"),
    Case(trace: "So $x = \\frac{1}{2}$ of 4 cups.", hint: "So $x = ...$ of 4 cups.", gold: "0.5"),
    // Annotations of a calculator go with their value, and leave one gap.
    Case(trace: "He has 12 - 3 = <<12-3=9>>9 eggs.", hint: "He has 12 - 3 = ... eggs."),
    Case(trace: "He earns 3*3=$<<3*3=9>>9.", hint: "He earns 3*3=$..."),
    Case(
      trace: "He has 4*2 = <<4*2=8>>8 eggs, then 8+1 = <<8+1=9.0>>9 eggs.",
      hint: "He has 4*2 = <<4*2=8>>8 eggs, then 8+1 = ... eggs."),
    // A chain of one value leaves one gap, an operand its own.
    Case(trace: "We get 12 - 3 = 9 = 9.0 in all.", hint: "We get 12 - 3 = ... in all."),
    Case(trace: "We get 18 - 9 = 9 in all.", hint: "We get 18 - ... = ... in all."),
    // Formulas and emphasis around nothing but the value go with it.
    Case(trace: "There are $9$ eggs in 3 rows.", hint: "There are ... eggs in 3 rows."),
    Case(trace: "There are **9** eggs in 3 rows.", hint: "There are ... eggs in 3 rows."),
    Case(trace: "There are $\\mathbf{9}$ in 3 rows.", hint: "There are ... in 3 rows."),
    Case(trace: "There are \\(9\\) in 3 rows.", hint: "There are ... in 3 rows."),
    Case(trace: "\\[ 3 \\cdot 3 = 9. \\]\nSo add.", hint: "\\[ 3 \\cdot 3 = ... \\]\nSo add."),
    Case(trace: "$$3 \\times 3 = 9$$\nThen stop.", hint: "$$3 \\times 3 = ...$$\nThen stop."),
    Case(
      trace: "So $3\\sqrt{2}$ is $\\sqrt{18}$, from $a^2 = 18$.",
      hint: "So ... is ..., from $a^2 = 18$.", gold: "3\\sqrt{2}"),
    // What is not the value stays.
    Case(
      trace: "Step 9: take 90 of x9 at 9:30, the 9th, 5 + 1.",
      hint:
        "Step 9: take 90 of x9 at 9:30, the 9th, 5 + 1."),
    // What the question states is given, but not as a result.
    Case(
      trace: "Of the 9 eggs 3 break, so 12 + 9 = 21 and 21 - 12 = 9.",
      hint: "Of the 9 eggs 3 break, so 12 + 9 = 21 and 21 - 12 = ...",
      question: "Of 9 eggs 3 break. How many?"),
    Case(
      trace: "We know 9 + 4x = 45.\nThen 4x = 36.\nDividing by 4 we get x = 9\nA: 9",
      hint: "We know 9 + 4x = 45.\nThen 4x = 36.\nDividing by 4 we get x = ...",
      question: "9 and 4 times what is 45?"),
    Case(
      trace: "There are 24 eggs.\nThat is 24/12 = 2 dozen\nA: 2",
      hint: "There are 24 eggs.\nThat is 24/12 = ... dozen", gold: "2"),
  ]

  // MARK: Statements

  static let statements: [Case] = [
    Case(trace: "Add 4 and 5.\n#### 9", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\nA: 9", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\nAnswer: 9", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\n**Final Answer:** 9 eggs", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\n\n### Final Answer\n\n9", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\n<answer>9</answer>", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\n<outcome>\n9\n</outcome>", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\n{\"answer\": \"9\"}", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\nResult: 9", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\nANSWER: 9", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5. The answer is 9.", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5. So the final answer is $9$ eggs.", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5. Therefore, the answer is \\boxed{9}.", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\n\\boxed{9}", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5.\n\\[\\boxed{9}\\]", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5. We get \\fbox{9}.", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5: \\boxed 9", hint: "Add 4 and 5: ..."),
    Case(
      trace: "Add 4 and 5 to get $\\boxed{\\text{the number } \\frac{18}{2}}$.",
      hint: "Add 4 and 5 to get ..."),
    // A wrong spelling of the value goes with its statement all the same.
    Case(trace: "Add 4 and 5. The answer is 9 or so.", hint: "Add 4 and 5."),
    // What stands before or behind a statement and teaches stays.
    Case(trace: "We add 4 and 5, so the answer is 9.", hint: "We add 4 and 5."),
    Case(
      trace: "The answer is 9 because 4 and 5 are added.",
      hint: "The answer is ... because 4 and 5 are added."),
    Case(
      trace: "So the answer is 4 + 5 = 9 eggs.", hint: "So the answer is 4 + 5 = ... eggs."),
    Case(
      trace:
        "Answer: The farmer first collects all of his eggs, sells 7 and keeps the rest at home.",
      hint: "Answer: The farmer first collects all of his eggs, sells 7 and keeps the rest at home."
    ),
    // An answer on the way stays, what is known of the last one goes.
    Case(
      trace: "A wrong answer is 7 since 16 - 9 = 7.",
      hint: "A wrong answer is 7 since 16 - ... = 7."),
    Case(
      trace: "The result is 45. We divide it by 5 then.",
      hint: "The result is 45. We divide it by 5 then."),
    // Thinking and its tags.
    Case(
      trace: "<think>Maybe 5 + 4?\nYes.</think>\nAdd 4 and 5.\nThe answer is 9.",
      hint: "Add 4 and 5."),
    Case(trace: "Maybe 5 + 4?</think>Add 4 and 5.\n\\boxed{9}", hint: "Add 4 and 5."),
    Case(trace: "<think>Add 4 and 5.</think>\\boxed{9}", hint: "Add 4 and 5."),
    Case(trace: "<think>\nAdd 4 and 5. So it is 9.\n", hint: "Add 4 and 5."),
    Case(
      trace: "<|begin_of_thought|>Hm, 3.<|end_of_thought|>\n<|begin_of_solution|>Add 4 and 5. "
        + "\\boxed{9}<|end_of_solution|>", hint: "Add 4 and 5."),
    // Headings and lead-ins with nothing left to lead to.
    Case(trace: "Add 4 and 5.\n\n## Conclusion\nIt is 9.", hint: "Add 4 and 5."),
    Case(trace: "Add 4 and 5. This gives:\n$$9$$", hint: "Add 4 and 5."),
    Case(trace: "- Add 4 and 5.\n- 9", hint: "- Add 4 and 5."),
    Case(trace: "1. Add 4 and 5.\n2. So it is 9.", hint: "1. Add 4 and 5."),
    Case(
      trace: "Run this:\n```python\nprint(4 + 5)\n```\n```output\n9\n```\n",
      hint: "Run this:\n```python\nprint(4 + 5)\n```"),
  ]

  @Test(arguments: values + statements) func stripsTheAnswer(_ case: Case) {
    let problem = Self.problem(`case`.gold, question: `case`.question)
    let hint = Self.hint(`case`.trace, problem)
    #expect(hint.text == `case`.hint)
    #expect(hint.status == .given)
  }

  @Test func choiceLettersAndTheTextOfTheOptionGo() {
    let problem = Self.problem(
      "B", question: "Which is a fruit?", choices: ["a stone", "an apple", "a fork", "a chair"])
    let hint = Self.hint(
      "Fruit grows on trees, which rules out stones and forks. Option (B) grows on trees. "
        + "So it is an apple. The answer is (B).", problem)
    #expect(!hint.text.contains("B") && !hint.text.contains("apple"))
    #expect(hint.text.hasPrefix("Fruit grows on trees, which rules out stones and forks."))
  }

  // MARK: Options

  @Test func stepsGoWholeOnRequest() {
    var rule = HintRule()
    rule.removal = .step
    let hint = Self.hint(
      "Take 12 eggs. Then 12 - 3 = 9 are left. The answer is 9.", Self.problem("9"), rule: rule)
    #expect(hint.text == "Take 12 eggs.")
    #expect(hint.removed.map(\.text) == ["Then 12 - 3 = 9 are left.", "The answer is 9."])
    #expect(hint.removed.map(\.reason) == ["literal: token", "answer: statement"])
    #expect(hint.stepsKept == 1)
  }

  @Test func derivableExpressionsGoOnRequest() {
    var rule = HintRule()
    rule.strips = .derivable
    let trace = "Take 12 eggs and eat 3 of them. Then we have 12 - 3 = 9 eggs left."
    #expect(Self.hint(trace, Self.problem("9")).text.hasSuffix("12 - 3 = ... eggs left."))
    let hint = Self.hint(trace, Self.problem("9"), rule: rule)
    #expect(hint.text == "Take 12 eggs and eat 3 of them.")
  }

  @Test func theGapCanBeChosen() {
    var rule = HintRule()
    rule.gap = "____"
    #expect(Self.hint("12 - 3 = 9.", Self.problem("9"), rule: rule).text == "12 - 3 = ____.")
    // A gap that is the answer itself takes the step with it.
    rule.gap = "nine"
    let hint = Self.hint("Take 12 eggs. 12 - 3 = 9 of them.", Self.problem("9"), rule: rule)
    #expect(hint.text == "Take 12 eggs.")
  }

  @Test func theTeachersOwnSpellingGoesToo() {
    var problem = Self.problem("x^2-1", question: "Multiply.")
    problem.goldType = .expression
    let trace = "Multiply both factors. We get (x-1)(x+1) from 2 terms. \\boxed{(x-1)(x+1)}"
    let hint = Self.hint(trace, problem, answer: "(x-1)(x+1)")
    #expect(!hint.text.contains("(x-1)(x+1)"))
    #expect(hint.text.hasPrefix("Multiply both factors."))
  }

  // MARK: Records

  @Test func saysWhatIsRemovedAndWhere() {
    let trace = "Wir z\u{E4}hlen 😀 zuerst 12.\nSo 12 - 3 = 9.\nA: 9"
    let hint = Self.hint(trace, Self.problem("9"))
    #expect(hint.removed.map(\.text) == ["9.", "A: 9"])
    #expect(hint.removed.map(\.reason) == ["literal: token", "answer: line"])
    let scalars = Array(trace.unicodeScalars)
    for removal in hint.removed {
      let span = removal.span ?? 0..<0
      #expect(removal.text.unicodeScalars.elementsEqual(scalars[span]))
    }
    #expect(hint.stepsKept == 2)
    #expect(hint.teacher == "teacher" && hint.teacherTraceID == "t" && hint.teacherScore == 1.5)
    #expect(hint.tokensEstimated && hint.tokens == TokenCounter.estimate.count(hint.text))
    #expect(
      hint.id
        == Hint.id(
          problemID: "p", student: "s", teacherTraceID: "t", status: .given, text: hint.text))
  }

  @Test(arguments: [
    "9", "A: 9", "\\boxed{9}", "The answer is 9.", "So it is 9.", "#### 9", "", "\n",
  ])
  func nothingButTheAnswerIsNoHint(_ trace: String) {
    let hint = Self.hint(trace, Self.problem("9"))
    #expect(hint.status == .none && hint.reason == HintReason.onlyAnswer)
    #expect(hint.text.isEmpty && hint.stepsKept == 0 && hint.tokens == 0)
    #expect(
      hint.removed.map(\.text).joined().filter { !$0.isWhitespace }.count
        == trace.filter { !$0.isWhitespace }.count)
  }

  @Test func withoutATeacherThereIsNoHint() {
    let hint = HintMaker(Self.problem("9"), rule: HintRule()).hint(
      for: "s", teacher: nil, counter: .estimate)
    #expect(hint.status == .none && hint.reason == HintReason.noTeacher && hint.teacher == nil)
  }
}
