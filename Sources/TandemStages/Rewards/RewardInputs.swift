internal import TandemJSON
internal import TandemMethod
internal import TandemRecords
internal import TandemShards

/// What rewards are made from: problems, and the traces and grades of the cold and, where there is one, the
/// rescue round, with its hints.
struct RewardInputs: Sendable {
  let problems: StageInput
  let team: [String]
  let rounds: [Round]
  private let traces: [StageInput]
  private let grades: [StageInput]
  /// Read only beside a rescue round, so that other hints leave rewards without one as they are.
  private let hints: StageInput?

  /// Opens the finished stages of a run.
  ///
  /// - Parameter models: the team; nil for every model that has a graded cold trace
  init(_ run: RunFolder, models: [String]?) throws {
    problems = try StageInput(run.problems)
    rounds = run.rounds.filter { $0 == .rescue }.reduce(into: [.cold]) { $0.append($1) }
    traces = try rounds.map { try StageInput(run.traces($0)) }
    grades = try rounds.map { try StageInput(run.grades($0)) }
    let hasHints = rounds.contains(.rescue) && Folder.isFolder(run.hints)
    hints = hasHints ? try StageInput(run.hints) : nil
    team = try VerdictCount.team(models, in: grades[0])
    for input in traces + (hints.map { [$0] } ?? [])
    where Folder.exists("\(input.folder)/plan.json") {
      try input.requireTeam(team)
    }
  }

  /// Every stage that is read, in the order in which parts depend on them.
  var all: [StageInput] { [problems] + traces + grades + (hints.map { [$0] } ?? []) }

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

  /// A problem with the samples of the team: cold, then rescue, each in the order of its part.
  struct Row: Sendable {
    var problem: Problem
    var traces: [Trace] = []
    var grades: [Grade] = []
    var samples: [RewardSample] = []

    var rewardCase: RewardCase { RewardCase(samples, gold: problem.gold) }
  }

  /// Calls `body` with every problem of a part, in order.
  ///
  /// - Throws: ``ShardError`` when the stages do not fit together.
  func forEach(_ part: Int, context: StageContext, _ body: (Row) throws -> Void) throws {
    let beside = problems.path(part)
    var problemReader = try problems.rows(part, as: Problem.self)
    var cold = try RoundReader(part, traces[0], grades[0], beside: beside)
    var rescue: RoundReader? =
      rounds.count > 1 ? try RoundReader(part, traces[1], grades[1], beside: beside) : nil
    var hintReader: GroupReader<Hint>? = try hints.map {
      try GroupReader(try $0.rows(part), beside: beside)
    }
    let places = Dictionary(uniqueKeysWithValues: zip(team, team.indices))
    while let problem = try problemReader.next() {
      try context.cancellation.check()
      var row = Row(problem: problem)
      let hints = try hintReader?.rows(of: problem.id)
      try cold.add(to: &row, places: places, hints: nil)
      try rescue?.add(to: &row, places: places, hints: hints)
      try body(row)
    }
    try cold.finish()
    try rescue?.finish()
    try hintReader?.finish()
  }
}

/// The traces and grades of one round, side by side.
private struct RoundReader: ~Copyable {
  private var traces: GroupReader<Trace>
  private var grades: GroupReader<Grade>
  private let paths: (traces: String, grades: String)

  init(_ part: Int, _ traces: StageInput, _ grades: StageInput, beside: String) throws {
    let traceReader = try GroupReader<Trace>(try traces.rows(part), beside: beside)
    let gradeReader = try GroupReader<Grade>(try grades.rows(part), beside: beside)
    self.traces = traceReader
    self.grades = gradeReader
    paths = (traces.path(part), grades.path(part))
  }

  /// Adds the samples of the row's problem; failed traces and those of other models are left out.
  mutating func add(
    to row: inout RewardInputs.Row, places: [String: Int], hints: [Hint]?
  ) throws {
    let traces = try traces.rows(of: row.problem.id)
    let grades = try grades.rows(of: row.problem.id)
    guard traces.map(\.id) == grades.map(\.traceID) else {
      throw ShardError(
        paths.grades,
        "does not match \(paths.traces) at problem \(row.problem.id); grade again")
    }
    for (trace, grade) in zip(traces, grades) {
      guard let model = places[trace.model], grade.verdict != .error else { continue }
      let hint = hints?.first { $0.id == trace.hintID }
      if hints != nil, hint == nil, let id = trace.hintID {
        throw ShardError(
          paths.traces,
          "names the hint \(id) of problem \(row.problem.id), which is not in hints/; sample the rescue round again"
        )
      }
      row.traces.append(trace)
      row.grades.append(grade)
      row.samples.append(RewardSample(trace, grade: grade, model: model, hint: hint))
    }
  }

  func finish() throws {
    try traces.finish()
    try grades.finish()
  }
}
