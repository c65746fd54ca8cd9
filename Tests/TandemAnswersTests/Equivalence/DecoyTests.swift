import Testing

@testable import TandemAnswers
@testable import TandemJSON
@testable import TandemRecords

@Suite struct DecoyTests {
  /// Wrong answers that look right, each beside right ones that look alike.
  @Test func creditsNoDecoy() throws {
    let cases = try GradingCase.all("decoys.jsonl")
    #expect(cases.count > 250)
    for item in cases { GraderTests.check(item) }
  }

  /// Every wrong value of one kind, not only the listed ones.
  @Test func creditsNoChainOfDifferentNumbers() {
    let grader = Grader()
    for number in stride(from: 3, to: 100_000, by: 977) {
      let key = AnswerKey(gold: "\(number)")
      for (left, right) in [(number, number + 1), (number - 1, number)] {
        let grading = grader.grade(answer: "\(left) = \(right)", key: key)
        #expect(grading.verdict == .incorrect, "\(left) = \(right)")
      }
      #expect(grader.grade(answer: "\(number - 1) + 1 = \(number)", key: key).verdict == .correct)
    }
  }

  @Test func creditsNoHostileRowOfStatements() {
    let key = AnswerKey(gold: "5")
    for unit in ["suppose the answer is ", "the answer is 5, which is wrong ", "eliminate (C) "] {
      let trace = String(repeating: unit, count: 5_000)
      #expect(Grader().grade(trace: trace, key: key).verdict != .correct)
    }
  }
}
