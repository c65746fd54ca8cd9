internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemStages

/// `tandem grade RUN`.
struct GradeRun {
  var run: RunFolder
  var round: Round?
  var options: GradeOptions
  var work: WorkOptions

  func callAsFunction() throws {
    let rounds = round.map { [$0] } ?? run.rounds
    guard !rounds.isEmpty else {
      throw ShardError(run.path, "holds no traces to grade: run `tandem import` first")
    }
    let stage = GradeStage(run: run, options: options)
    var output = StandardOutput()
    if work.dryRun {
      for round in rounds {
        try output.line(try work.run { try stage.preview(round, context: $0) }.description)
      }
      return try output.flush()
    }
    let outcomes = try rounds.map { round in try work.run { try stage(round, context: $0) } }
    if work.json {
      let rounds = outcomes.map { outcome in
        JSONObject.Member(key: outcome.round.rawValue, value: .object(outcome.manifest.summary))
      }
      try output.line(JSONValue.object(JSONObject(rounds)).json)
    } else {
      for outcome in outcomes { try print(outcome, to: &output) }
    }
    try output.flush()
  }

  private func print(_ outcome: GradeStage.Outcome, to output: inout StandardOutput) throws {
    let parts = outcome.manifest.parts.count
    Console.note(
      "grade: \(outcome.round.rawValue): \(Quantity.count(outcome.manifest.rows)) traces in "
        + "\(parts) parts, \(outcome.made) made, \(parts - outcome.made) up to date")
    var table = TextTable([("model", .left)] + Verdict.allCases.map { ($0.rawValue, .right) })
    for (model, counts) in outcome.verdicts {
      table.add([model] + Verdict.allCases.map { Quantity.count(counts[$0] ?? 0) })
    }
    for line in table.lines { try output.line(line) }
  }
}
