/// -min(q A, clip(q) A); the divergence from the reference is added to it by the objective.
///
/// Shao and others, https://arxiv.org/abs/2402.03300.
package struct GRPO: PolicyLoss {
  static let usualClip = RatioClip(low: 0.2, high: 0.2)
  static let usualBeta = 0.04

  package var clip: RatioClip

  /// Clips ratios to a range.
  package init(clip: RatioClip) {
    self.clip = clip
  }

  package func callAsFunction(_ trace: ScoredTrace) -> TokenLosses {
    let tokens = trace.logRatios.map {
      clip.loss(ratio: $0.exponential, advantage: trace.advantage)
    }
    return TokenLosses(
      values: tokens.map(\.value), slopes: tokens.map(\.slope),
      clipped: tokens.count(where: \.isClipped))
  }
}
