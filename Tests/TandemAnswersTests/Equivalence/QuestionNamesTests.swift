import Testing

@testable import TandemAnswers
@testable import TandemRecords

/// Values that are named in a trace stand for a tuple in the order of the question's names.
@Suite struct QuestionNamesTests {
  @Test(arguments: [
    ("Find (b, a).", "a = 3, b = 5", Verdict.correct), ("Find (b, a).", "b = 3, a = 5", .incorrect),
    ("Find (a, b).", "b = 3, a = 5", .correct), ("", "b = 3, a = 5", .correct),
    ("In polar form $\\left(r, \\theta\\right)$?", "\\theta = 3, r = 5", .correct),
    ("Of (x, y) find (q, p).", "q = 5, p = 3", .correct),
  ]) func namedValuesAreOrdered(question: String, answer: String, verdict: Verdict) {
    let key = AnswerKey(gold: "(5, 3)", question: question)
    #expect(Grader().grade(answer: answer, key: key).verdict == verdict)
  }

  @Test(arguments: ["f(x)", "(x)", "(x, 2)", "(a, a)", "(", "(x,", "(ab, c)", "\\(x\\)"])
  func otherBracketsAreNoList(question: String) {
    #expect(QuestionHints(question).nameLists.isEmpty)
  }
}
