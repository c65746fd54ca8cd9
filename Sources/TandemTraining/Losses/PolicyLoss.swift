/// What a policy-gradient loss needs to know about one trace.
package struct ScoredTrace: Hashable, Sendable {
  /// ln p of every token that counts, by the model as it is.
  package var logprobs: [Float]
  /// The same by the model that sampled; as many.
  package var behaviour: [Float]
  package var advantage: Double
  package var isRescue: Bool

  /// A trace from its parts.
  package init(
    logprobs: [Float], behaviour: [Float], advantage: Double, isRescue: Bool = false
  ) {
    self.logprobs = logprobs
    self.behaviour = behaviour
    self.advantage = advantage
    self.isRescue = isRescue
  }

  /// ln q of every token, q being the ratio of the two probabilities.
  var logRatios: [Double] { zip(logprobs, behaviour).map { Double($0) - Double($1) } }
}

/// The loss of every token of a trace with its slope.
package struct TokenLosses: Hashable, Sendable {
  package var values: [Double]
  /// The derivative by the token's logprob, where all tokens of a trace have the same share in the loss.
  package var slopes: [Double]
  /// Tokens whose ratio was clipped, so that their slope is zero or bounded.
  package var clipped = 0

  /// As many values as slopes.
  package init(values: [Double], slopes: [Double], clipped: Int = 0) {
    self.values = values
    self.slopes = slopes
    self.clipped = clipped
  }
}

/// A loss of policy-gradient training, to be minimised.
package protocol PolicyLoss: Sendable {
  /// The loss of every token of a trace, before weights and reduction.
  func callAsFunction(_ trace: ScoredTrace) -> TokenLosses
}

/// The losses by their names.
package enum PolicyLossName: String, Hashable, Sendable, CaseIterable {
  case reinforce, grpo, dapo
  case drGRPO = "dr-grpo"
  case gspo, sapo, tis

  /// The loss with its usual clipping, or another.
  package func loss(clip: RatioClip? = nil) -> any PolicyLoss {
    switch self {
    case .reinforce: Reinforce()
    case .grpo: GRPO(clip: clip ?? GRPO.usualClip)
    case .dapo: GRPO(clip: clip ?? DAPO.usualClip)
    case .drGRPO: GRPO(clip: clip ?? DrGRPO.usualClip)
    case .gspo: GSPO(clip: clip ?? GSPO.usualClip)
    case .sapo: SAPO()
    case .tis: TIS()
    }
  }

  /// How traces are summed up unless said otherwise.
  package var usualReduction: Reduction {
    switch self {
    case .dapo: DAPO.usualReduction
    case .drGRPO: DrGRPO.usualReduction
    default: .trace
    }
  }

  /// The weight of the divergence from the reference unless said otherwise.
  package var usualBeta: Double { self == .grpo ? GRPO.usualBeta : 0 }
}
