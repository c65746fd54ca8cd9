internal import TandemJSON
internal import TandemMethod
internal import TandemRecords
internal import TandemShards

/// What rewards are made from: the graded traces of the cold and, where there is one, the rescue round, with its hints.
struct RewardInputs: Sendable {
  private let graded: GradedRun
  /// Read only beside a rescue round, so that other hints leave rewards without one as they are.
  private let hints: StageInput?

  /// Opens the finished stages of a run.
  ///
  /// - Parameter models: the team; nil for every model that has a graded cold trace
  init(_ run: RunFolder, models: [String]?) throws {
    let rounds: [Round] = run.rounds.contains(.rescue) ? [.cold, .rescue] : [.cold]
    graded = try GradedRun(run, rounds: rounds, models: models)
    let hasHints = rounds.contains(.rescue) && Folder.isFolder(run.hints)
    hints = hasHints ? try StageInput(run.hints) : nil
    for input in graded.traceInputs + (hints.map { [$0] } ?? [])
    where Folder.exists("\(input.folder)/plan.json") {
      try input.requireTeam(graded.team)
    }
  }

  var problems: StageInput { graded.problems }
  var team: [String] { graded.team }
  var rounds: [Round] { graded.rounds }
  var errors: [String: Int] { graded.errors }

  /// Every stage that is read, in the order in which parts depend on them.
  var all: [StageInput] { graded.all + (hints.map { [$0] } ?? []) }

  /// A problem with the samples of the team: cold, then rescue, each in the order of its part.
  struct Row: Sendable {
    var problem: Problem
    var traces: [Trace] = []
    var grades: [Grade] = []
    var samples: [RewardSample] = []
    /// The hint that each trace names, where it is at hand.
    var hints: [Hint?] = []

    var rewardCase: RewardCase { RewardCase(samples, gold: problem.gold) }
  }

  /// Calls `body` with every problem of a part, in order, and counts it as progress.
  ///
  /// - Throws: ``ShardError`` when the stages do not fit together.
  func forEach(_ part: Int, context: StageContext, _ body: (Row) throws -> Void) throws {
    var reader = try graded.reader(part, context: context)
    var hintReader: GroupReader<Hint>? = try hints.map {
      try GroupReader(try $0.rows(part), beside: problems.path(part))
    }
    while let problem = try reader.next() {
      try body(try row(of: problem, hints: try hintReader?.rows(of: problem.problem.id), part))
      context.progress.advance(1)
    }
    try hintReader?.finish()
  }

  /// The samples of a problem; failed traces are none.
  private func row(of graded: GradedProblem, hints: [Hint]?, _ part: Int) throws -> Row {
    var row = Row(problem: graded.problem)
    for item in graded.traces where item.grade.verdict != .error {
      let trace = item.trace
      let hint = trace.round == .rescue ? hints?.first { $0.id == trace.hintID } : nil
      if trace.round == .rescue, hints != nil, hint == nil, let id = trace.hintID {
        throw ShardError(
          self.graded.path(part, round: .rescue),
          "names the hint \(id) of problem \(graded.problem.id), which is not in hints/; sample the rescue round again"
        )
      }
      row.traces.append(trace)
      row.grades.append(item.grade)
      row.hints.append(hint)
      row.samples.append(RewardSample(trace, grade: item.grade, model: item.model, hint: hint))
    }
    return row
  }
}
