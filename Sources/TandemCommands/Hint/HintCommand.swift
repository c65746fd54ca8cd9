internal import ArgumentParser

/// Hints of a run, and how they came about.
struct HintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hint",
    abstract: "Make hints without the answer from the traces of peers.",
    discussion: """
      Where all cold traces of a model failed and a peer has a correct one, the peer's best trace \
      becomes a hint: thinking and answer statements go, then every value in which the leak audit \
      finds the answer, with a visible gap in its place, until an audit of exactly what is left \
      finds nothing. `16 - 7 = ...` still teaches. A value that the question states may stay. The \
      hint is cut at a step to the budget, and a seeded share of the hints is withheld: the control \
      group from which the effect of hints is estimated.

        tandem hint run
        tandem hint run --tokenizer Qwen3-0.6B --budget 1024
        tandem hint run --remove step --strip derivable --dropout 0.5 --dropout-mode step
        tandem hint show run HINT

      What was cut, and why, stands in every row of hints/. All options: `tandem help hint make`.
      """,
    subcommands: [HintRun.self, HintShow.self],
    defaultSubcommand: HintRun.self)
}
