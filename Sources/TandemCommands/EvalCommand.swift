internal import ArgumentParser
internal import TandemJSON
internal import TandemMethod
internal import TandemStages

/// Evaluates a run.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Compute the metrics of every model and of the team, with intervals.",
    discussion: """
      pass@k is unbiased: the chance that k of a problem's samples hold a correct one. Team pass@k \
      takes k samples of each model and an oracle's choice, so it stands beside what the best \
      single model reaches with as many samples in all (equal budget) and beside majority votes, \
      which need no oracle. p12 is the chance that all members are right, phi the correlation of \
      their failures. Intervals are percentile bootstrap over problems. The report is also written \
      to eval/report.json.

        tandem eval run
        tandem eval run --models small,large --json | jq '.team."pass@1"'
      """)

  @OptionGroup var target: RunArgument
  @OptionGroup var team: TeamOption

  @Option(help: "How many bootstrap resamples.")
  var resamples: Int = 10_000

  @Option(help: "The seed of the bootstrap.")
  var seed: Int = 0

  @OptionGroup var work: WorkOptions

  func validate() throws {
    guard (1...1_000_000).contains(resamples) else {
      throw ValidationError("--resamples must be 1 to 1000000.")
    }
  }

  func run() throws {
    let bootstrap = Bootstrap(resamples: resamples, seed: seed)
    let stage = EvalStage(run: target.folder, models: team.names, bootstrap: bootstrap)
    var output = StandardOutput()
    if work.dryRun {
      try output.line("\(target.folder.eval)/report.json would be written")
      return try output.flush()
    }
    let report = try work.run { try stage(context: $0) }
    if work.json {
      try output.line(report.json.json)
    } else {
      for line in TeamReportText(report).lines { try output.line(line) }
    }
    try output.flush()
  }
}
