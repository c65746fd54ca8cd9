internal import TandemAnswers
internal import TandemRecords

/// Numbers the distinct answers of one problem, so that votes can be counted.
///
/// Two answers are one when the grader takes them to be equal. All correct ones are one class.
struct AnswerClasses {
  private let problem: Problem
  private let grader = Grader()
  private var known: [String: Int] = [:]
  private var representatives: [(key: AnswerKey, number: Int)] = []
  private static let correct = 0
  private var next = 1

  init(of problem: Problem) {
    self.problem = problem
  }

  /// The class of a grade's answer; nil without an answer.
  mutating func number(of grade: Grade) -> Int? {
    if grade.verdict == .correct { return Self.correct }
    guard grade.verdict == .incorrect, let answer = grade.extracted else { return nil }
    if let number = known[answer] { return number }
    let equal = representatives.first { candidate in
      grader.grade(answer: answer, key: candidate.key).verdict == .correct
    }
    let number = equal?.number ?? next
    if equal == nil {
      next += 1
      let key = AnswerKey(
        gold: answer, type: problem.goldType, question: problem.question, choices: problem.choices)
      representatives.append((key, number))
    }
    known[answer] = number
    return number
  }
}
