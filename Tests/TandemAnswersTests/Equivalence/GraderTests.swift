import Testing

@testable import TandemAnswers
@testable import TandemJSON
@testable import TandemRecords

@Suite struct GraderTests {
  /// The answers written from the policy, each with its label and kind.
  @Test func agreesWithThePolicy() throws {
    let cases = try GradingCase.all("answers.jsonl")
    #expect(cases.count > 1_000)
    for item in cases { Self.check(item) }
  }

  /// Answers and traces written from the policy by someone who had not read the grader.
  @Test func agreesWithIndependentCases() throws {
    let cases = try GradingCase.all("independent.jsonl")
    #expect(cases.count > 2_500)
    for item in cases { Self.check(item) }
  }

  /// The traces written from the policy, each with its verdict and rule.
  @Test func extractsByThePolicy() throws {
    let cases = try GradingCase.all("traces.jsonl")
    #expect(cases.count > 100)
    for item in cases { Self.check(item) }
  }

  /// Compares a grading with whatever its case says.
  static func check(_ item: GradingCase) {
    let grading = item.grading
    #expect(
      (grading.verdict == .correct) == item.isRight, "\(item.id): \(item.shown) is \(grading)")
    if let verdict = item.verdict { #expect(grading.verdict.rawValue == verdict, "\(item.id)") }
    if let rule = item.rule { #expect(grading.rule == rule, "\(item.id): \(grading)") }
  }

  @Test func takesTheLastNumberOnlyWhenAsked() {
    let key = AnswerKey(gold: "5")
    let trace = "We add 2 and 3 to get 5."
    #expect(Grader().grade(trace: trace, key: key).verdict == .noAnswer)
    let lenient = Grader(GradeOptions(lenient: .lastNumber)).grade(trace: trace, key: key)
    #expect(lenient.verdict == .correct)
    #expect(lenient.rule == "last-number")
    #expect(lenient.extracted == "5")
  }

  @Test func leavesTheALineAloneWhenTold() {
    let key = AnswerKey(gold: "5")
    let grader = Grader(GradeOptions(acceptsALine: false))
    #expect(grader.grade(trace: "So\nA: 5", key: key).verdict == .noAnswer)
  }

  /// Four published systems on GSM8K, 1,319 problems each; their labels compare `A:` lines as text.
  @Test(.enabled(if: Rows.haveSharedData, "the shared data files are absent"))
  func agreesWithPublishedLabels() throws {
    let published = [
      "6b_finetuning": 286, "6b_verification": 515, "175b_finetuning": 458,
      "175b_verification": 742,
    ]
    let grader = Grader()
    var correct: [String: Int] = [:]
    var unanswered: [String: Int] = [:]
    var disagreements: [String] = []
    for (index, row) in try Rows.shared("gsm8k/example_model_solutions.jsonl").enumerated() {
      let truth = try row.text("ground_truth")
      let line = try #require(truth.split(separator: "\n").last)
      let key = AnswerKey(gold: String(line.dropFirst(3)), type: .number)
      for system in published.keys.sorted() {
        let answer = try #require(row[system]?.object)
        let grading = grader.grade(trace: try answer.text("solution"), key: key)
        correct[system, default: 0] += grading.verdict == .correct ? 1 : 0
        unanswered[system, default: 0] += grading.verdict == .noAnswer ? 1 : 0
        if (grading.verdict == .correct) != (answer["is_correct"] == .bool(true)) {
          disagreements.append("\(system) row \(index): \(grading)")
        }
      }
    }
    // No answer of the four is a re-spelling that text comparison misses.
    #expect(disagreements == [])
    #expect(correct == published)
    #expect(unanswered["6b_finetuning"] == 4)
    #expect(unanswered["175b_verification"] == 1)
  }
}
