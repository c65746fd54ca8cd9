import TandemJSON
import TandemRecords
import Testing

@testable import TandemAnswers

/// A hand-written answer or trace with what grading it must give.
struct GradingCase {
  let id: String
  /// What is graded, for failures.
  let shown: String
  /// The verdict that is right; nil where only right or not is labelled.
  let verdict: String?
  /// Whether it is correct.
  let isRight: Bool
  /// The extraction rule, where the case names it.
  let rule: String?
  let grading: Grading

  /// Reads a case and grades it.
  init(_ row: JSONObject) throws {
    let gold = try row.text("gold")
    let key = AnswerKey(
      gold: gold, type: row["gold_type"]?.string.flatMap(GoldType.init),
      question: row["question"]?.string, choices: row["choices"]?.array?.compactMap(\.string))
    id = try row.text("id")
    verdict = row["verdict"]?.string
    isRight = try row["label"]?.bool ?? (#require(verdict) == "correct")
    rule = row["rule"]?.string
    if let answer = row["answer"]?.string {
      shown = "\(answer) for \(gold)"
      grading = Grader().grade(answer: answer, key: key)
    } else {
      shown = "trace"
      grading = Grader().grade(trace: try row.text("trace"), key: key)
    }
  }

  /// The cases of a file.
  static func all(_ name: String) throws -> [GradingCase] {
    try Rows.cases(name).map(GradingCase.init)
  }
}
