package import TandemJSON

/// What one update did.
package struct StepMetrics: Hashable, Sendable {
  /// Counted from 1.
  package var step: Int
  package var epoch: Int
  package var learningRate: Double
  package var loss: Double
  /// The part of the loss that rescue traces have.
  package var rescueLoss: Double
  /// Before clipping.
  package var gradientNorm: Double
  /// The ratio of probabilities to those of the model that sampled, over the tokens that have one.
  package var meanRatio: Double?
  package var leastRatio: Double?
  package var greatestRatio: Double?
  /// The share of these tokens whose ratio is not within 0.9 and 1.1.
  package var outsideShare: Double?
  /// The share of tokens whose ratio was clipped.
  package var clippedShare: Double
  /// The effective sample size, as a share.
  package var effectiveShare: Double?
  /// The divergence from the model without its adapter, per token.
  package var referenceDivergence: Double?
  /// The divergence from the model that sampled, per token.
  package var behaviourDivergence: Double?
  /// The mean entropy of the distributions of tokens that count, in nats.
  package var entropy: Double
  package var sequences: Int
  /// Tokens that count.
  package var scored: Int
  /// All tokens.
  package var tokens: Int
  package var microBatches: Int

  init(_ tally: UpdateTally, step: Int, epoch: Int, learningRate: Double, gradientNorm: Double) {
    self.step = step
    self.epoch = epoch
    self.learningRate = learningRate
    self.gradientNorm = gradientNorm
    let (count, ratios) = (Double(max(tally.tokens, 1)), tally.ratios)
    loss = tally.loss
    rescueLoss = tally.rescueLoss
    meanRatio = ratios.mean
    leastRatio = ratios.count > 0 ? ratios.least : nil
    greatestRatio = ratios.count > 0 ? ratios.greatest : nil
    outsideShare = ratios.count > 0 ? Double(ratios.outside) / Double(ratios.count) : nil
    clippedShare = Double(tally.clipped) / count
    effectiveShare = ratios.effectiveShare
    referenceDivergence =
      tally.referenced > 0 ? tally.divergence / Double(tally.referenced) : nil
    behaviourDivergence = ratios.count > 0 ? ratios.divergence / Double(ratios.count) : nil
    entropy = tally.entropy / count
    sequences = tally.sequences
    scored = tally.tokens
    tokens = 0
    microBatches = 0
  }

  /// One row of `metrics.jsonl`: no clock, so that the same run writes the same bytes.
  package var json: JSONValue {
    func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "step": .number(step), "epoch": .number(epoch), "learning_rate": .number(learningRate),
      "loss": .number(loss), "loss_cold": .number(loss - rescueLoss),
      "loss_rescue": .number(rescueLoss), "gradient_norm": .number(gradientNorm),
      "ratio_mean": optional(meanRatio), "ratio_min": optional(leastRatio),
      "ratio_max": optional(greatestRatio), "ratio_outside": optional(outsideShare),
      "clipped_share": .number(clippedShare),
      "ess": optional(effectiveShare), "kl_reference": optional(referenceDivergence),
      "kl_behaviour": optional(behaviourDivergence), "entropy": .number(entropy),
      "sequences": .number(sequences), "scored_tokens": .number(scored),
      "tokens": .number(tokens), "micro_batches": .number(microBatches),
    ]
  }
}
