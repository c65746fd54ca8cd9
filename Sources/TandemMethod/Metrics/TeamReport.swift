package import TandemRecords

/// What a team reaches on a set of problems, from its cold samples alone.
///
/// Samples that failed technically count in the verdicts and nowhere else.
package struct TeamReport: Hashable, Sendable {
  /// One model.
  package struct Member: Hashable, Sendable {
    /// Its name in the team.
    package var name: String
    /// Its samples, failed ones left out.
    package var n: Int
    /// The correct ones.
    package var correct: Int
    /// Problems with at least one sample.
    package var problems: Int
    /// How often each verdict was given.
    package var verdicts: [Verdict: Int]
    /// pass@k, `majority`, `mean_tokens`.
    package var metrics: [Metric]
  }

  /// The number of problems.
  package var problems: Int
  /// The number of samples, failed ones included.
  package var traces: Int
  /// Each model of the team.
  package var models: [Member]
  /// Problems that some model solves in some sample.
  package var anyCorrect: Int
  /// Problems that every model solves in some sample.
  package var allCorrect: Int
  /// pass@k with k samples of each model, `p12`, `p12_first`, `phi`, `majority`.
  package var team: [Metric]
  /// What the best single model reaches with as many samples as the whole team, in the order of the
  /// team's pass@k: `pass@(M k)` beside `pass@k` of M models.
  package var equalBudget: [Metric]
  /// The best single model of each entry of ``equalBudget``; nil where it has no value.
  package var bestModels: [String?]
  /// How the intervals were made.
  package var bootstrap: Bootstrap

  /// Computes every metric of a table.
  ///
  /// Time: the number of resamples x problems x metrics, on all cores.
  package init(of table: OutcomeTable, bootstrap: Bootstrap = Bootstrap()) {
    let plan = MetricPlan(table)
    let columns = ProblemColumns(plan.columns, problems: table.problems)
    let sums = columns.sums
    let intervals = bootstrap.intervals(of: plan.entries.map(\.statistic), over: columns)
    var metrics: [MetricPlan.Section: [Metric]] = [:]
    for (entry, interval) in zip(plan.entries, intervals) {
      let value = entry.statistic.value(sums, problems: table.problems)
      metrics[entry.section, default: []].append(
        Metric(
          key: entry.key, value: value, interval: interval, excluded: entry.excluded,
          absence: entry.absence))
    }
    let models = table.team.indices.map { model in
      Member(
        name: table.team[model], in: table, at: model, metrics: metrics[.model(model)] ?? [])
    }
    let solvers = (0..<table.problems).map { problem in
      table.members(of: problem).count { $0.c > 0 }
    }
    self.models = models
    self.bootstrap = bootstrap
    problems = table.problems
    traces = table.verdicts.reduce(0) { $0 + $1.values.reduce(0, +) }
    anyCorrect = solvers.count { $0 > 0 }
    allCorrect = solvers.count { $0 > 0 && $0 == table.team.count }
    team = metrics[.team] ?? []
    equalBudget = metrics[.equalBudget] ?? []
    bestModels = plan.entries.filter { $0.section == .equalBudget }.map { entry in
      guard let best = entry.statistic.value(sums, problems: table.problems) else { return nil }
      return entry.candidates.first { candidate in
        candidate.statistic.value(sums, problems: table.problems) == best
      }.map { table.team[$0.model] }
    }
  }
}

extension TeamReport.Member {
  fileprivate init(
    name: String, in table: OutcomeTable, at model: Int, metrics: [Metric]
  ) {
    self.name = name
    self.metrics = metrics
    verdicts = table.verdicts[model]
    (n, correct, problems) = (0, 0, 0)
    for problem in 0..<table.problems {
      let cell = table.cells[problem * table.team.count + model]
      n += Int(cell.n)
      correct += Int(cell.c)
      if cell.n > 0 { problems += 1 }
    }
  }
}
