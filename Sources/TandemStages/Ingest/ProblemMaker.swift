internal import TandemAnswers
internal import TandemRecords
internal import TandemSources

/// Makes problems of mapped rows: the order of options, the id, and the check of the gold answer.
struct ProblemMaker {
  private let request: IngestRequest
  private var occurrences: [String: Int] = [:]

  init(_ request: IngestRequest) {
    self.request = request
  }

  /// Why a row makes no problem.
  struct Fault: Error {
    var reason: String
    var field: String
  }

  /// Makes the problem of a row.
  ///
  /// - Throws: ``Fault`` when its gold answer does not grade as correct against itself.
  mutating func problem(_ mapped: MappedProblem, from row: SourceRow) throws(Fault) -> Problem {
    let (choices, gold) = try options(of: mapped)
    let content = Problem.id(
      dataset: request.dataset, split: request.split, question: mapped.question, choices: choices,
      gold: gold)
    let occurrence = occurrences[content, default: 0]
    occurrences[content] = occurrence + 1
    let id =
      occurrence == 0
      ? content
      : Problem.id(
        dataset: request.dataset, split: request.split, question: mapped.question,
        choices: choices, gold: gold, occurrence: occurrence)
    let problem = Problem(
      id: id, dataset: request.dataset, split: request.split, question: mapped.question,
      choices: choices, gold: gold, goldType: mapped.goldType, solution: mapped.solution,
      level: mapped.level, subject: mapped.subject,
      source: Problem.Source(file: row.file, row: row.row, id: mapped.id))
    try check(problem)
    return problem
  }

  private func options(of mapped: MappedProblem) throws(Fault) -> ([String]?, gold: String) {
    switch mapped.choices {
    case nil: return (nil, mapped.gold)
    case .ordered(let options, let correct): return (options, try letter(correct))
    case .unordered(let correct, let incorrect):
      // Drawn from the question, so that it does not depend on the rows before.
      let seed = ContentID.seed([
        String(request.seed), "choices", request.dataset, mapped.question,
      ])
      var generator = PhiloxSequence(seed: seed)
      let order = Array(0...incorrect.count).shuffled(using: &generator)
      let options = ([correct] + incorrect)
      return (order.map { options[$0] }, try letter(order.firstIndex(of: 0) ?? 0))
    }
  }

  private func letter(_ index: Int) throws(Fault) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    guard letters.indices.contains(index) else {
      throw Fault(reason: "has more options than there are letters", field: "choices")
    }
    return String(letters[index])
  }

  private func check(_ problem: Problem) throws(Fault) {
    let key = AnswerKey(
      gold: problem.gold, type: problem.goldType, question: problem.question,
      choices: problem.choices)
    if let flaw = key.selfCheck {
      throw Fault(reason: flaw.rawValue, field: "gold")
    }
  }
}
