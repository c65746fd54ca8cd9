/// What a training run minimises.
struct Objective {
  var loss: any PolicyLoss
  var reduction: Reduction
  /// The weight of the divergence from the model without its adapter.
  var beta: Double

  /// -ln p, the mean over all tokens: fine-tuning on given texts, and pretraining.
  static var crossEntropy: Objective {
    Objective(loss: Reinforce(), reduction: .token, beta: 0)
  }

  /// What the model says about the tokens of a sequence that count.
  struct Scores {
    var logprobs: ArraySlice<Float>
    var entropies: ArraySlice<Float>
    /// By the model without its adapter; nil where nobody asked.
    var reference: ArraySlice<Float>?
  }

  /// Adds a sequence to the update.
  ///
  /// - Returns: dL/dlogp of its tokens.
  func add(
    _ sequence: TrainingSequence, _ scores: Scores, of update: UpdateSize,
    to tally: inout UpdateTally
  ) -> [Float] {
    let logprobs = Array(scores.logprobs)
    let behaviour = sequence.isOffPrompt ? nil : sequence.behaviour
    let trace = ScoredTrace(
      logprobs: logprobs, behaviour: behaviour ?? logprobs, advantage: sequence.advantage,
      isRescue: sequence.isRescue)
    var losses = sequence.isOffPrompt ? Reinforce()(trace) : loss(trace)
    if !sequence.isOffPrompt, let reference = scores.reference {
      for (index, pair) in zip(logprobs, reference).enumerated() {
        let k3 = Divergence.k3(logprob: pair.0, reference: pair.1)
        tally.addDivergence(k3.value)
        losses.values[index] += beta * k3.value
        losses.slopes[index] += beta * k3.slope
      }
    }
    let share = sequence.weight * reduction.share(tokens: logprobs.count, of: update)
    tally.add(
      loss: losses.values.reduce(0, +) * share, isRescue: sequence.isRescue,
      entropies: scores.entropies, clipped: losses.clipped)
    if behaviour != nil { tally.addRatios(trace.logRatios) }
    return losses.slopes.map { Float($0 * share) }
  }
}
