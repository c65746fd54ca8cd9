internal import TandemPrompts
internal import TandemRecords
internal import TandemRollouts

/// What a round asks of the models for a problem: the whole of the method's rule, without any files.
struct OrderBook: Sendable {
  var round: Round
  var team: [SamplingModel]
  var options: SamplingOptions

  /// The orders for a problem: models in the team's order, samples ascending.
  func orders(for problem: Problem, hints: [Hint]) throws -> [SampleOrder] {
    try team.flatMap { try orders(for: problem, hints: hints, model: $0) }
  }

  /// The orders for a problem and one model.
  func orders(for problem: Problem, hints: [Hint], model: SamplingModel) throws -> [SampleOrder] {
    try occasions(hints, model: model).flatMap { hint in
      let isHinted = hint?.status == .given
      let template = isHinted ? options.hinted : options.cold
      let text = template.text(for: problem, hint: isHinted ? hint?.text ?? "" : "")
      let prompt = try model.engine.prompt(text)
      return (0..<options.samples).map { sample in
        order(problem, model, hint: hint, prompt: prompt, sample: sample)
      }
    }
  }

  /// How many orders there will be, without making them.
  func count(hints: [Hint], model: SamplingModel) -> Int {
    occasions(hints, model: model).count * options.samples
  }

  /// In the cold round one; in the rescue round the model's hints, given and withheld.
  private func occasions(_ hints: [Hint], model: SamplingModel) -> [Hint?] {
    guard round == .rescue else { return [nil] }
    return hints.filter { $0.student == model.name && $0.status != .none }
  }

  private func order(
    _ problem: Problem, _ model: SamplingModel, hint: Hint?, prompt: RolloutPrompt, sample: Int
  ) -> SampleOrder {
    var sampling = options.parameters
    let stops = Set(sampling.stopTokenIDs + model.engine.stopTokenIDs)
    sampling.stopTokenIDs = stops.sorted()
    let seed = ContentID.seed([
      String(options.seed), round.rawValue, problem.id, model.name, String(sample),
    ])
    return SampleOrder(
      request: RolloutRequest(
        engine: model.engine.identity, prompt: prompt, sampling: sampling, seed: seed,
        sample: sample),
      problemID: problem.id, model: model.name, round: round, hintID: hint?.id)
  }
}
