internal import TandemRecords
internal import TandemShards

/// Walks the problems of one part with the graded traces of the cold and, where there is one, a later round.
struct GradedReader: ~Copyable {
  private var problems: RowReader<Problem>
  private var cold: RoundReader
  private var later: RoundReader?
  private let places: [String: Int]
  private let cancellation: Cancellation

  /// Opens a part.
  ///
  /// - Parameter rounds: the traces and the grades of one or two rounds
  init(
    _ part: Int, of problems: StageInput, rounds: [(traces: StageInput, grades: StageInput)],
    team: [String], cancellation: Cancellation
  ) throws {
    let beside = problems.path(part)
    let problems = try problems.rows(part, as: Problem.self)
    let cold = try RoundReader(part, rounds[0], beside: beside)
    let later = rounds.count > 1 ? try RoundReader(part, rounds[1], beside: beside) : nil
    self.problems = problems
    self.cold = cold
    self.later = later
    self.cancellation = cancellation
    places = Dictionary(uniqueKeysWithValues: zip(team, team.indices))
  }

  /// The next problem; nil behind the last, once it is sure that no trace is left over.
  ///
  /// - Throws: ``ShardError`` when the stages do not fit together.
  mutating func next() throws -> GradedProblem? {
    try cancellation.check()
    guard let problem = try problems.next() else {
      try cold.finish()
      try later?.finish()
      return nil
    }
    var traces: [GradedTrace] = []
    try cold.add(problem.id, places: places, to: &traces)
    try later?.add(problem.id, places: places, to: &traces)
    return GradedProblem(problem: problem, traces: traces)
  }
}

/// The traces and grades of one round, side by side.
private struct RoundReader: ~Copyable {
  private var traces: GroupReader<Trace>
  private var grades: GroupReader<Grade>
  private let paths: (traces: String, grades: String)

  init(_ part: Int, _ round: (traces: StageInput, grades: StageInput), beside: String) throws {
    let traces = try GroupReader<Trace>(try round.traces.rows(part), beside: beside)
    let grades = try GroupReader<Grade>(try round.grades.rows(part), beside: beside)
    self.traces = traces
    self.grades = grades
    paths = (round.traces.path(part), round.grades.path(part))
  }

  /// Adds the traces of a problem; those of models outside the team are left out.
  mutating func add(
    _ problemID: String, places: [String: Int], to graded: inout [GradedTrace]
  ) throws {
    let traces = try traces.rows(of: problemID)
    let grades = try grades.rows(of: problemID)
    guard traces.map(\.id) == grades.map(\.traceID) else {
      throw ShardError(
        paths.grades, "does not match \(paths.traces) at problem \(problemID); grade again")
    }
    for (trace, grade) in zip(traces, grades) {
      guard let model = places[trace.model] else { continue }
      graded.append(GradedTrace(trace: trace, grade: grade, model: model))
    }
  }

  func finish() throws {
    try traces.finish()
    try grades.finish()
  }
}
