internal import ArgumentParser
internal import TandemJSON
internal import TandemShards
internal import TandemStages

/// `tandem hint RUN`.
struct HintRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make", abstract: "Make hints; the default, so that the word can be left out.")

  @OptionGroup var target: RunArgument
  @OptionGroup var options: HintOptions
  @OptionGroup var terms: SchemeOptions
  @OptionGroup var tokenizers: TokenizerOption
  @OptionGroup var team: TeamOption
  @OptionGroup var work: WorkOptions

  func run() throws {
    let stage = HintStage(
      run: target.folder, rule: options.rule(terms.preset), scheme: terms.scheme,
      models: team.names, tokenizers: try tokenizers.counters())
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
        "hint: \(Quantity.count(outcome.manifest.rows, of: "row")) in \(Quantity.count(parts, of: "part")), "
          + "\(outcome.made) made, \(parts - outcome.made) up to date")
      for line in HintSummaryText(outcome).lines { try output.line(line) }
    }
    try output.flush()
  }
}
