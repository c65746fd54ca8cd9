package import TandemMethod
internal import TandemJSON
internal import TandemRecords
internal import TandemShards

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
    let graded = try GradedRun(run, models: models)
    let map = try PartMap(over: graded.all, context: context)
    context.progress.begin("eval", unit: "problems", total: graded.problems.manifest.rows)
    var table = OutcomeTable(team: graded.team)
    var start = 0
    while start < map.count {
      let parts = Array(start..<min(start + context.threads, map.count))
      let outcomes = try Parallel.map(parts, threads: context.threads) { part in
        var outcomes: [ProblemOutcomes] = []
        try graded.forEach(part, context: context) {
          outcomes.append(Self.outcomes(of: $0, team: graded.team))
        }
        return outcomes
      }
      for problem in outcomes.joined() { table.append(problem) }
      start += parts.count
    }
    return TeamReport(of: table, bootstrap: bootstrap)
  }

  private static func outcomes(of graded: GradedProblem, team: [String]) -> ProblemOutcomes {
    var classes = AnswerClasses(of: graded.problem)
    var samples = [[SampleOutcome]](repeating: [], count: team.count)
    for item in graded.traces {
      samples[item.model].append(
        SampleOutcome(
          sample: item.grade.sample, verdict: item.grade.verdict,
          answer: classes.number(of: item.grade), tokens: item.trace.completionTokens))
    }
    return ProblemOutcomes(samples: samples)
  }
}
