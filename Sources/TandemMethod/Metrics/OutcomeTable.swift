package import TandemRecords

/// The outcomes of a team on many problems, a few dozen bytes a problem and model.
package struct OutcomeTable: Sendable {
  /// The names of the models.
  package let team: [String]
  /// The number of problems.
  package private(set) var problems = 0
  /// Per model, how often each verdict was given.
  package private(set) var verdicts: [[Verdict: Int]]

  /// problems x models.
  private(set) var cells: [OutcomeCell] = []
  /// Whether the team's majority answer is correct; nil unless every model has a sample.
  private(set) var teamMajority: [Bool?] = []

  /// A table without problems.
  package init(team: [String]) {
    self.team = team
    verdicts = team.map { _ in [:] }
  }

  /// Adds the next problem; a model without an entry has no samples.
  package mutating func append(_ problem: ProblemOutcomes) {
    var votes: [(sample: Int, model: Int, outcome: SampleOutcome)] = []
    var everyone = !team.isEmpty
    for model in team.indices {
      let samples = model < problem.samples.count ? problem.samples[model] : []
      let ordered = samples.sorted { $0.sample < $1.sample }
      let cell = OutcomeCell(ordered)
      cells.append(cell)
      everyone = everyone && cell.n > 0
      for outcome in ordered {
        verdicts[model][outcome.verdict, default: 0] += 1
        votes.append((outcome.sample, model, outcome))
      }
    }
    votes.sort { ($0.sample, $0.model) < ($1.sample, $1.model) }
    var vote = MajorityVote()
    for entry in votes { vote.add(entry.outcome) }
    teamMajority.append(everyone ? vote.isCorrect : nil)
    problems += 1
  }

  /// The reduced outcomes of each model on a problem.
  func members(of problem: Int) -> ArraySlice<OutcomeCell> {
    cells[problem * team.count..<(problem + 1) * team.count]
  }
}
