internal import ArgumentParser
internal import TandemStages

/// What is packed, and how.
struct PackOptionGroup: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: "What the examples are for: policy-gradient (needs rewards), or sft.")
  var purpose: PackOptions.Purpose = .policyGradient

  @Option(help: "Which logprobs of the policy that sampled are taken along: raw or sampling.")
  var behaviour: PackOptions.Behaviour = .raw

  @Option(
    help: ArgumentHelp(
      "The probability that a success with a hint is trained on the prompt without it.",
      discussion: """
        Drawn from the seed and the trace's id. The default is 0.5, 0 under preset core-paper, and \
        1 for sft.
        """,
      valueName: "p"))
  var distilHints: Double?

  @Option(
    help: ArgumentHelp(
      "The loss weight of traces of the rescue round.",
      discussion: "The default is 0.8, and 1 for sft."))
  var rescueWeight: Double?

  @Flag(help: "Keep traces with advantage 0: they still pull through a KL penalty.")
  var keepZeroAdvantage = false

  @Option(help: "Leave out examples with more tokens, prompt and completion together.")
  var maxTokens: Int?

  @Option(
    help: ArgumentHelp(
      "With --for sft: how many correct traces of a problem are kept.",
      discussion: "A seeded choice; texts that differ go before repeated ones."))
  var maxPerProblem: Int?

  @Option(help: "The seed of all draws.")
  var seed: Int = 0

  var options: PackOptions {
    var options = PackOptions()
    options.purpose = purpose
    options.behaviour = behaviour
    options.distilHints = distilHints
    options.rescueWeight = rescueWeight
    options.keepsZeroAdvantage = keepZeroAdvantage
    options.maxTokens = maxTokens
    options.maxPerProblem = maxPerProblem
    options.seed = seed
    return options
  }

  func validate() throws {
    guard distilHints.map({ (0...1).contains($0) }) ?? true else {
      throw ValidationError("--distil-hints must be 0 to 1.")
    }
    guard rescueWeight.map({ (0...100).contains($0) }) ?? true else {
      throw ValidationError("--rescue-weight must be 0 to 100.")
    }
    guard maxTokens.map({ $0 >= 1 }) ?? true else {
      throw ValidationError("--max-tokens must be at least 1.")
    }
    guard maxPerProblem.map({ $0 >= 1 }) ?? true else {
      throw ValidationError("--max-per-problem must be at least 1.")
    }
    guard purpose == .sft || maxPerProblem == nil else {
      throw ValidationError("--max-per-problem goes with --for sft.")
    }
    guard purpose == .policyGradient || !keepZeroAdvantage else {
      throw ValidationError("--keep-zero-advantage goes without --for sft.")
    }
  }
}

extension PackOptions.Purpose: ExpressibleByArgument {}
extension PackOptions.Behaviour: ExpressibleByArgument {}
