package import TandemMethod
internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemSources

/// `eval`: the metrics of every model and of the team on the cold round.
///
/// Reads `problems/`, `cold/` (for token counts) and `grades/`; writes `eval/report.json`.
package struct EvalStage: Sendable {
  private let run: RunFolder
  /// The team in order; nil for every model in the run.
  private let models: [String]?
  private let bootstrap: Bootstrap

  package init(run: RunFolder, models: [String]?, bootstrap: Bootstrap = Bootstrap()) {
    self.run = run
    self.models = models
    self.bootstrap = bootstrap
  }

  /// Computes the report and stores it.
  package func callAsFunction(context: StageContext) throws -> TeamReport {
    let report = try self.report(context: context)
    try Folder.create(run.eval)
    try AtomicFile.write(report.json.json + "\n", to: "\(run.eval)/report.json")
    return report
  }

  private func report(context: StageContext) throws -> TeamReport {
    let inputs = [
      try StageInput(run.problems), try StageInput(run.traces(.cold)),
      try StageInput(run.grades(.cold)),
    ]
    let map = try PartMap(over: inputs, context: context)
    let team = try VerdictCount.team(models, in: inputs[2])
    context.progress.begin("eval", unit: "problems", total: inputs[0].manifest.rows)
    var table = OutcomeTable(team: team)
    var start = 0
    while start < map.count {
      let parts = Array(start..<min(start + context.threads, map.count))
      let outcomes = try Parallel.map(parts, threads: context.threads) { part in
        try self.outcomes(part, of: inputs, team: team, context: context)
      }
      for problem in outcomes.joined() { table.append(problem) }
      start += parts.count
    }
    return TeamReport(of: table, bootstrap: bootstrap)
  }

  private func outcomes(
    _ part: Int, of inputs: [StageInput], team: [String], context: StageContext
  ) throws -> [ProblemOutcomes] {
    let places = Dictionary(uniqueKeysWithValues: zip(team, team.indices))
    var problems = try inputs[0].rows(part, as: Problem.self)
    let beside = inputs[0].path(part)
    var traces = try GroupReader<Trace>(try inputs[1].rows(part), beside: beside)
    var grades = try GroupReader<Grade>(try inputs[2].rows(part), beside: beside)
    var outcomes: [ProblemOutcomes] = []
    while let problem = try problems.next() {
      try context.cancellation.check()
      let traces = try traces.rows(of: problem.id)
      let grades = try grades.rows(of: problem.id)
      guard traces.map(\.id) == grades.map(\.traceID) else {
        throw ShardError(
          inputs[2].path(part),
          "does not match \(inputs[1].path(part)) at problem \(problem.id); grade again")
      }
      var classes = AnswerClasses(of: problem)
      var samples = [[SampleOutcome]](repeating: [], count: team.count)
      for (trace, grade) in zip(traces, grades) {
        guard let place = places[grade.model] else { continue }
        samples[place].append(
          SampleOutcome(
            sample: grade.sample, verdict: grade.verdict, answer: classes.number(of: grade),
            tokens: trace.completionTokens))
      }
      outcomes.append(ProblemOutcomes(samples: samples))
      context.progress.advance(1)
    }
    try traces.finish()
    try grades.finish()
    return outcomes
  }
}
