package import TandemMethod
internal import TandemRecords
internal import TandemShards

/// `stats`: what the cold round looks like; reads `problems/`, `cold/` and `grades/`, writes nothing.
package struct StatisticsStage: Sendable {
  private let run: RunFolder
  private let models: [String]?

  /// A stage; `models` is the team, nil for every model in the run.
  package init(run: RunFolder, models: [String]?) {
    self.run = run
    self.models = models
  }

  /// Counts all parts.
  package func callAsFunction(context: StageContext) throws -> RunStatistics {
    let graded = try GradedRun(run, models: models)
    let map = try PartMap(over: graded.all, context: context)
    context.progress.begin("stats", unit: "problems", total: graded.problems.manifest.rows)
    let counted = try Parallel.map(Array(0..<map.count), threads: context.threads) { part in
      var statistics = RunStatistics(team: graded.team)
      try graded.forEach(part, context: context) {
        statistics.add($0.problem, samples: Self.samples(of: $0, team: graded.team))
      }
      return statistics
    }
    return counted.reduce(into: RunStatistics(team: graded.team)) { $0.add($1) }
  }

  private static func samples(of graded: GradedProblem, team: [String]) -> [[StatisticsSample]] {
    var classes = AnswerClasses(of: graded.problem)
    var samples = team.map { _ in [StatisticsSample]() }
    for item in graded.traces {
      let text = item.trace.text
      samples[item.model].append(
        StatisticsSample(
          sample: item.trace.sample, verdict: item.grade.verdict,
          answer: classes.number(of: item.grade), characters: text.unicodeScalars.count,
          tokens: item.trace.completionTokens, signature: OperationSignature(of: text)))
    }
    return samples
  }
}
