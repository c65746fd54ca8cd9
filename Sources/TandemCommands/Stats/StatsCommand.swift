internal import ArgumentParser
internal import TandemJSON
internal import TandemMethod
internal import TandemStages

/// Describes the cold round of a run.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Describe the cold round: verdicts by stratum, who could rescue whom, agreement.",
    discussion: """
      Verdicts are counted by data set, level and subject. A rescues B on a problem when A has a \
      correct trace and all of B's failed. Agreement compares the answers of first samples by \
      value. Kinds of step are what the distance between traces looks at.

        tandem stats run
        tandem stats run --json | jq .rescuable
      """)

  @OptionGroup var target: RunArgument
  @OptionGroup var team: TeamOption
  @OptionGroup var work: WorkOptions

  func run() throws {
    let stage = StatisticsStage(run: target.folder, models: team.names)
    var output = StandardOutput()
    if work.dryRun {
      try output.line("\(target.folder.path) would be read; nothing would be written")
      return try output.flush()
    }
    let statistics = try work.run { try stage(context: $0) }
    if work.json {
      try output.line(statistics.json.json)
    } else {
      for line in StatsText(statistics).lines { try output.line(line) }
    }
    try output.flush()
  }
}
