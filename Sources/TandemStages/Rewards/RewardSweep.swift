package import TandemMethod
internal import TandemRecords
internal import TandemShards

/// Evaluates many weightings of a run's rewards in one pass; writes nothing.
package struct RewardSweep: Sendable {
  private let run: RunFolder
  private let models: [String]?
  private let sweep: WeightSweep

  /// A sweep of nothing yet; `models` is the team, nil for every model in the run.
  package init(run: RunFolder, models: [String]?, sweep: WeightSweep) {
    self.run = run
    self.models = models
    self.sweep = sweep
  }

  /// Adds all problems of the run.
  package func callAsFunction(context: StageContext) throws -> WeightSweep {
    let inputs = try RewardInputs(run, models: models)
    let map = try PartMap(over: inputs.all, context: context)
    context.progress.begin("sweep", unit: "problems", total: inputs.problems.manifest.rows)
    let counted = try Parallel.map(Array(0..<map.count), threads: context.threads) { part in
      var sweep = sweep
      try inputs.forEach(part, context: context) { row in
        let all = row.rewardCase
        let cold = row.samples.filter { $0.round == .cold }
        sweep.add(
          all,
          cold: cold.count == row.samples.count
            ? all : RewardCase(cold, gold: row.problem.gold))
      }
      return sweep
    }
    return counted.reduce(into: sweep) { $0.add($1) }
  }
}
