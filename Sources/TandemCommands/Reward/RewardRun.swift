internal import ArgumentParser
internal import TandemJSON
internal import TandemMethod
internal import TandemShards
internal import TandemStages

/// `tandem reward RUN`.
struct RewardRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compute",
    abstract: "Compute rewards; the default, so that the word can be left out.")

  @OptionGroup var target: RunArgument
  @OptionGroup var options: RewardOptions

  @Option(
    help: ArgumentHelp(
      "Evaluate the weightings in a file instead, in one pass, and write nothing.",
      discussion:
        "A JSON list, as [{\"name\": \"no bonus\", \"rescue\": 0}]; other terms keep their weights.",
      valueName: "file"))
  var sweep: String?

  @OptionGroup var team: TeamOption
  @OptionGroup var work: WorkOptions

  func run() throws {
    if let sweep { return try evaluate(sweep) }
    let stage = RewardStage(run: target.folder, rule: options.rule, models: team.names)
    var output = StandardOutput()
    if work.dryRun {
      try output.line(try work.run { try stage.preview(context: $0) }.description)
      return try output.flush()
    }
    let outcome = try work.run { try stage(context: $0) }
    if work.json {
      try output.line(JSONValue.object(outcome.manifest.summary).json)
    } else {
      let parts = outcome.manifest.parts.count
      Console.note(
        "reward: \(Quantity.count(outcome.manifest.rows)) traces in \(parts) parts, "
          + "\(outcome.made) made, \(parts - outcome.made) up to date")
      for line in RewardSummaryText(outcome).lines { try output.line(line) }
    }
    try output.flush()
  }

  private func evaluate(_ path: String) throws {
    let rule = options.rule
    let weightings = try SweepFile.weightings(path, over: rule.scheme.weights)
    let stage = RewardSweep(
      run: target.folder, models: team.names, sweep: WeightSweep(rule, weightings: weightings))
    let sweep = try work.run { try stage(context: $0) }
    var output = StandardOutput()
    if work.json {
      try output.line(sweep.json.json)
    } else {
      for line in SweepFile.lines(sweep) { try output.line(line) }
    }
    try output.flush()
  }
}
