internal import ArgumentParser
internal import TandemMethod

/// The rule of a reward: its terms, and how they become advantages.
struct RewardOptions: ParsableArguments {
  @OptionGroup var terms: SchemeOptions

  @Option(
    help: "What totals are divided by: std, mean (nothing) or rloo (nothing, mean of others).")
  var normalise: AdvantageRule.Normalisation?

  @Option(help: "Which traces of a problem are compared: those of one model, or of the problem.")
  var group: AdvantageRule.Grouping?

  @Option(help: "The least standard deviation that totals are divided by.")
  var stdFloor: Double?

  @Flag(inversion: .prefixedNo, help: "Give groups alike in outcome no advantage.")
  var outcomeGate: Bool?

  /// The rule that the options describe.
  var rule: RewardRule {
    var rule = RewardRule(terms.preset, epoch: terms.epoch)
    rule.scheme = terms.scheme
    if let normalise { rule.advantage.normalisation = normalise }
    if let group { rule.advantage.grouping = group }
    if let stdFloor { rule.advantage.floor = .atLeast(stdFloor) }
    if let outcomeGate { rule.advantage.isOutcomeGated = outcomeGate }
    return rule
  }

  func validate() throws {
    guard stdFloor.map({ $0 > 0 && $0 <= 1000 }) ?? true else {
      throw ValidationError("--std-floor must be above 0, at most 1000.")
    }
  }
}

extension AdvantageRule.Normalisation: ExpressibleByArgument {}
extension AdvantageRule.Grouping: ExpressibleByArgument {}
