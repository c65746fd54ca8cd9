internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemStages

/// `tandem cold RUN` and `tandem rescue RUN`.
struct SamplingRun {
  var round: Round
  var run: RunFolder
  var options: SamplingOptions
  var sampling: SamplingArguments
  var work: WorkOptions

  func callAsFunction() throws {
    let store = try sampling.store(touches: !work.dryRun)
    let team = try sampling.team(store: store, threads: work.threads)
    let stage = SamplingStage(round, run: run, team: team, options: options, store: store)
    var output = StandardOutput()
    if work.dryRun {
      try output.line(try work.run { try stage.preview(context: $0) }.description)
      return try output.flush()
    }
    let outcome = try work.run { try stage(context: $0) }
    if work.json {
      try output.line(JSONValue.object(outcome.manifest.summary).json)
    } else {
      try print(outcome, to: &output)
    }
    try output.flush()
  }

  private func print(_ outcome: SamplingStage.Outcome, to output: inout StandardOutput) throws {
    let parts = outcome.manifest.parts.count
    Console.note(
      "\(round.rawValue): \(Quantity.count(outcome.manifest.rows)) traces in \(parts) parts, "
        + "\(outcome.made) made, \(parts - outcome.made) up to date; "
        + "\(Quantity.count(outcome.sampled)) sampled now")
    var table = TextTable([
      ("model", .left), ("traces", .right), ("errors", .right), ("cut off", .right),
      ("tokens", .right), ("a trace", .right),
    ])
    for (model, count) in outcome.counts {
      let mean = Double(count.tokens) / Double(max(1, count.traces - count.errors))
      table.add([
        model, Quantity.count(count.traces), Quantity.count(count.errors),
        Quantity.count(count.truncated), Quantity.count(count.tokens), Quantity.fixed(mean, 1),
      ])
    }
    for line in table.lines { try output.line(line) }
  }
}
