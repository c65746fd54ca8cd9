internal import ArgumentParser
internal import TandemJSON
internal import TandemMethod
internal import TandemShards
internal import TandemStages

/// `tandem reward RUN`.
struct RewardRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Compute rewards; the default, so the word can be left out.")

  @OptionGroup var target: RunArgument
  @OptionGroup var options: RewardOptions
  @OptionGroup var team: TeamOption
  @OptionGroup var work: WorkOptions

  func run() throws {
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
}
