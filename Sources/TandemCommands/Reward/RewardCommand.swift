internal import ArgumentParser

/// Rewards and advantages of a run, and how they come about.
struct RewardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reward",
    abstract: "Compute the reward terms and the advantage of every trace.",
    discussion: """
      The total of a trace is the weighted sum of its terms; its advantage is how far the total is \
      above the mean of its group. Preset core-paper follows the published equations literally, \
      tandem (the default) makes the same terms carry signal. The summary says which terms and \
      groups carry none.

        tandem reward run
        tandem reward run --weight exploration=0.2 --weight rescue=0 --group problem
        tandem reward run --sweep weightings.json
        tandem reward explain run TRACE

      Other weights make rewards/ again and touch nothing else. All options: `tandem help reward \
      compute`.
      """,
    subcommands: [RewardRun.self, RewardExplain.self],
    defaultSubcommand: RewardRun.self)
}
