internal import TandemJSON
internal import TandemRecords
internal import TandemShards

/// A problem with its graded traces, in the order of their parts: cold first.
struct GradedProblem: Sendable {
  var problem: Problem
  var traces: [GradedTrace]
}

/// A trace of a model of the team with its grade; it may have failed technically.
struct GradedTrace: Sendable {
  var trace: Trace
  var grade: Grade
  /// The model's place in the team.
  var model: Int
}

/// The problems of a run, with the traces and grades of some rounds read in step.
struct GradedRun: Sendable {
  let problems: StageInput
  let team: [String]
  let rounds: [Round]
  private let traces: [StageInput]
  private let grades: [StageInput]

  /// Opens the finished stages of a run.
  ///
  /// - Parameters:
  ///   - rounds: which traces are read, the cold round first
  ///   - models: the team; nil for every model that has a graded cold trace
  init(_ run: RunFolder, rounds: [Round] = [.cold], models: [String]?) throws {
    self.rounds = rounds
    problems = try StageInput(run.problems)
    traces = try rounds.map { try StageInput(run.traces($0)) }
    grades = try rounds.map { try StageInput(run.grades($0)) }
    team = try VerdictCount.team(models, in: grades[0])
  }

  /// Every stage that is read, in the order in which parts depend on them.
  var all: [StageInput] { [problems] + traces + grades }

  /// The traces of every round, as stages.
  var traceInputs: [StageInput] { traces }

  /// Traces that failed technically, of each model of the team, in all rounds.
  var errors: [String: Int] {
    var errors: [String: Int] = [:]
    for input in grades {
      for model in team {
        let verdicts = input.manifest.summary["models"]?.object?[model]?.object
        errors[model, default: 0] += verdicts?[Verdict.error.rawValue]?.int ?? 0
      }
    }
    return errors
  }

  /// Where the traces of a round of a part are.
  func path(_ part: Int, round: Round) -> String {
    rounds.firstIndex(of: round).map { traces[$0].path(part) } ?? round.rawValue
  }

  /// The problems of a part, in order.
  func reader(_ part: Int, context: StageContext) throws -> GradedReader {
    try GradedReader(
      part, of: problems, rounds: Array(zip(traces, grades)), team: team,
      cancellation: context.cancellation)
  }

  /// Calls `body` with every problem of a part, in order, and counts it as progress.
  ///
  /// - Throws: ``ShardError`` when the stages do not fit together.
  func forEach(_ part: Int, context: StageContext, _ body: (GradedProblem) throws -> Void) throws {
    var reader = try reader(part, context: context)
    while let problem = try reader.next() {
      try body(problem)
      context.progress.advance(1)
    }
  }
}
