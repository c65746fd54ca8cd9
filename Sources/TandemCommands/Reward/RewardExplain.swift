internal import ArgumentParser
internal import TandemJSON
internal import TandemStages

/// `tandem reward explain RUN TRACE`.
struct RewardExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show how the rewards of one problem's traces came about.",
    discussion: """
      Shows all traces of the problem side by side, under the rule that rewards/ was made with: \
      verdicts, kinds of step, distances, terms, totals, and the group's mean and divisor, so that \
      every advantage can be checked by hand.

        tandem reward explain run "$(tandem shard cat run/rewards | jq -r .trace_id | head -n 1)"
      """)

  @OptionGroup var target: RunArgument

  @Argument(help: "The id of one of the problem's traces.")
  var trace: String

  @OptionGroup var work: WorkOptions

  func run() throws {
    let explanation = try work.run { context in
      try RewardExplanation(of: trace, in: target.folder, context: context)
    }
    let text = RewardExplanationText(explanation, asked: trace)
    var output = StandardOutput()
    if work.json {
      try output.line(text.json.json)
    } else {
      for line in text.lines { try output.line(line) }
    }
    try output.flush()
  }
}
