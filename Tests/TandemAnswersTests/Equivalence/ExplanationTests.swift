import Testing

@testable import TandemAnswers

@Suite struct ExplanationTests {
  @Test func saysHowBothSidesWereRead() {
    let key = AnswerKey(gold: "\\frac{\\sqrt{2}}{2}")
    let grading = Grader().explain(trace: "So \\boxed{1/\\sqrt{2}}.", key: key)
    #expect(
      grading.explanation == [
        "gold: \\frac{\\sqrt{2}}{2} is quotient(root(2), 2)",
        "gold normal form: 1/2·2^(1/2)",
        "extracted by rule boxed",
        "answer: 1/\\sqrt{2} is quotient(1, root(2))",
        "answer normal form: 1/2·2^(1/2)",
        "verdict: correct (exact-value)",
      ])
  }

  @Test func saysThatThereIsNoAnswer() {
    let grading = Grader().explain(trace: "\\boxed{", key: AnswerKey(gold: "1,234"))
    #expect(
      grading.explanation == [
        "gold: 1,234 is 1234", "gold normal form: 1234", "gold, as a list: list(1, 234)",
        "verdict: no_answer (the last box is not closed)",
      ])
  }
}
