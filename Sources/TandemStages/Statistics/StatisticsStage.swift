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
    let inputs = [
      try StageInput(run.problems), try StageInput(run.traces(.cold)),
      try StageInput(run.grades(.cold)),
    ]
    let map = try PartMap(over: inputs, context: context)
    let team = try VerdictCount.team(models, in: inputs[2])
    context.progress.begin("stats", unit: "problems", total: inputs[0].manifest.rows)
    let counted = try Parallel.map(Array(0..<map.count), threads: context.threads) { part in
      try count(part, of: inputs, team: team, context: context)
    }
    return counted.reduce(into: RunStatistics(team: team)) { $0.add($1) }
  }

  private func count(
    _ part: Int, of inputs: [StageInput], team: [String], context: StageContext
  ) throws -> RunStatistics {
    let places = Dictionary(uniqueKeysWithValues: zip(team, team.indices))
    var statistics = RunStatistics(team: team)
    var problems = try inputs[0].rows(part, as: Problem.self)
    let beside = inputs[0].path(part)
    var traces = try GroupReader<Trace>(try inputs[1].rows(part), beside: beside)
    var grades = try GroupReader<Grade>(try inputs[2].rows(part), beside: beside)
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
      var samples = team.map { _ in [StatisticsSample]() }
      for (trace, grade) in zip(traces, grades) {
        guard let place = places[trace.model] else { continue }
        samples[place].append(
          StatisticsSample(
            sample: trace.sample, verdict: grade.verdict, answer: classes.number(of: grade),
            characters: trace.text.unicodeScalars.count, tokens: trace.completionTokens,
            signature: OperationSignature(of: trace.text)))
      }
      statistics.add(problem, samples: samples)
      context.progress.advance(1)
    }
    try traces.finish()
    try grades.finish()
    return statistics
  }
}
