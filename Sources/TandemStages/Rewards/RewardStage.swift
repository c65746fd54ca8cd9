internal import TandemJSON
package import TandemMethod
internal import TandemRecords
package import TandemShards

/// `reward`: the terms, the total and the advantage of every trace.
///
/// Reads `problems/`, `cold/`, `grades/`, and `rescue/`, `rescue-grades/`, `hints/` where there are any; writes
/// `rewards/`, one row a trace of the team that did not fail technically: of each problem the cold ones, then those of
/// the rescue round.
package struct RewardStage: Sendable {
  private static let version = 1

  private let run: RunFolder
  private let rule: RewardRule
  private let models: [String]?

  /// A stage with its rule; `models` is the team, nil for every model in the run.
  package init(run: RunFolder, rule: RewardRule, models: [String]?) {
    self.run = run
    self.rule = rule
    self.models = models
  }

  /// What was made.
  package struct Outcome: Sendable {
    package var manifest: Manifest
    package var made: Int
    package var team: [String]
    package var diagnostics: RewardDiagnostics
    /// Traces of each model that failed technically.
    package var errors: [String: Int]
  }

  /// The stage as it would be done.
  package func preview(context: StageContext) throws -> StagePreview {
    let inputs = try RewardInputs(run, models: models)
    return try StagePreview(
      Reward.self, in: run.rewards, plan: plan(inputs), inputs: inputs.all, context: context)
  }

  /// Makes the parts that are missing, and the summary from all of them.
  package func callAsFunction(context: StageContext) throws -> Outcome {
    let inputs = try RewardInputs(run, models: models)
    let map = try PartMap(over: inputs.all, context: context)
    let output = try StageOutput<Reward>(
      run.rewards, plan: plan(inputs), compression: context.compression)
    let outcome = try map.run(into: output) { part, writer in
      try inputs.forEach(part, context: context) { row in
        for reward in Self.rewards(of: row, rule: rule, team: inputs.team) {
          try writer.write(reward)
        }
      }
    }
    let diagnostics = try diagnostics(outcome.parts, team: inputs.team, context: context)
    var summary = diagnostics.json
    let errors = inputs.errors
    summary["errors"] = .object(
      JSONObject(inputs.team.sorted().map { .init(key: $0, value: .number(errors[$0] ?? 0)) }))
    let manifest = try output.finish(parts: outcome.parts, summary: summary)
    return Outcome(
      manifest: manifest, made: outcome.made, team: inputs.team, diagnostics: diagnostics,
      errors: errors)
  }

  private func plan(_ inputs: RewardInputs) -> Plan {
    var options = rule.json
    options["rounds"] = .array(inputs.rounds.map { .string($0.rawValue) })
    return Plan(
      stage: "reward", stageVersion: Self.version, options: options, team: inputs.team)
  }

  /// The rewards of a problem's traces, in their order.
  static func rewards(of row: RewardInputs.Row, rule: RewardRule, team: [String]) -> [Reward] {
    zip(row.traces, rule.values(of: row.rewardCase)).map { trace, value in
      Reward(
        of: trace, terms: value.terms, weights: rule.scheme.weights, preset: rule.scheme.preset,
        advantage: value.advantage,
        group: rule.advantage.grouping == .problem
          ? trace.problemID : "\(trace.problemID)/\(trace.model)",
        zeroReason: value.zeroReason)
    }
  }

  private func diagnostics(
    _ parts: [Manifest.Part], team: [String], context: StageContext
  ) throws -> RewardDiagnostics {
    let counted = try Parallel.map(parts, threads: context.threads) { part in
      var diagnostics = RewardDiagnostics(rule: rule, team: team)
      var reader = try RowReader<Reward>("\(run.rewards)/\(part.name)")
      var problem: [Reward] = []
      while let row = try reader.next() {
        if let first = problem.first, first.problemID != row.problemID {
          diagnostics.add(problem)
          problem.removeAll(keepingCapacity: true)
        }
        problem.append(row)
      }
      if !problem.isEmpty { diagnostics.add(problem) }
      return diagnostics
    }
    return counted.reduce(into: RewardDiagnostics(rule: rule, team: team)) { $0.add($1) }
  }
}
