internal import TandemLM

/// How a run trains; what is not named here does not change its result.
package struct TrainingOptions: Hashable, Sendable {
  package var objective: ObjectiveName
  package var loss = PolicyLossName.grpo
  /// Nil takes what the loss usually has; so for the next two.
  package var clip: RatioClip?
  package var reduction: Reduction?
  package var beta: Double?
  /// Nil takes what the examples hold.
  package var behaviour: BehaviourSource?
  package var epochs = 2
  /// Nil trains for so many epochs.
  package var steps: Int?
  /// Problems of an update.
  package var batch = 4
  /// Tokens of a micro-batch.
  package var tokenBudget = 4096
  package var learningRate = LearningRate(peak: 1e-5)
  package var adamW = AdamWOptions()
  /// The largest norm of a gradient.
  package var clipNorm = 1.0
  /// Training stops when the effective sample size is below in two updates in a row.
  package var minESS = 0.3
  /// The most tokens that may be generated, for the reduction `constant`.
  package var maxGenerated = 3072
  package var seed = 0
  /// Which matrices get an adapter; nil trains all parameters.
  package var adapter: AdapterPlan?
  /// Steps between two checkpoints.
  package var saveEvery = 20
  /// Whether layers are computed again on the way back, for less memory.
  package var recomputesLayers = false

  /// The defaults of an objective.
  package init(objective: ObjectiveName) {
    self.objective = objective
    if objective != .pretrain { adapter = AdapterPlan() }
  }

  /// Whether the loss compares the model with the one that sampled.
  package var usesRatios: Bool { objective == .policyGradient && loss != .reinforce }

  var resolvedBeta: Double {
    objective == .policyGradient ? beta ?? loss.usualBeta : 0
  }

  /// What is minimised.
  func resolvedObjective() -> Objective {
    guard objective == .policyGradient else {
      return Objective(loss: Reinforce(), reduction: reduction ?? .token, beta: 0)
    }
    return Objective(
      loss: loss.loss(clip: clip), reduction: reduction ?? loss.usualReduction, beta: resolvedBeta)
  }

  /// The options that decide the result, for comparison with those of an earlier run.
  var facts: [(name: String, value: String)] {
    let clip = clip.map { "\($0.low) \($0.high)" } ?? "usual"
    let adapter = adapter.map { adapter in
      let targets = adapter.targets.map(\.rawValue).sorted().joined(separator: ",")
      return
        "rank \(adapter.rank), alpha \(adapter.alpha), rslora \(adapter.isStabilised), \(targets)"
    }
    var facts = [
      ("objective", objective.rawValue), ("epochs", steps == nil ? "\(epochs)" : "-"),
      ("steps", steps.map(String.init) ?? "-"), ("batch", "\(batch)"),
      ("token budget", "\(tokenBudget)"), ("reduction", resolvedObjective().reduction.rawValue),
      ("learning rate", "\(learningRate.peak)"), ("schedule", learningRate.shape.rawValue),
      ("warm-up", "\(learningRate.warmup)"), ("gradient clip", "\(clipNorm)"),
      ("betas", "\(adamW.beta1) \(adamW.beta2)"), ("epsilon", "\(adamW.epsilon)"),
      ("weight decay", "\(adamW.decay)"), ("seed", "\(seed)"),
      ("trained", adapter ?? "all parameters"),
    ]
    if objective == .policyGradient {
      facts += [
        ("loss", loss.rawValue), ("ratio clip", clip), ("beta", "\(resolvedBeta)"),
        ("behaviour", behaviour?.rawValue ?? "-"), ("max generated", "\(maxGenerated)"),
      ]
    }
    return facts
  }
}
