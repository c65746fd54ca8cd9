/// -min(s A, clip(s) A) with s the geometric mean of a trace's ratios.
///
/// Zheng and others, https://arxiv.org/abs/2507.18071.
package struct GSPO: PolicyLoss {
  static let usualClip = RatioClip(low: 3e-4, high: 4e-4)

  package var clip: RatioClip

  /// Clips the mean ratio to a range.
  package init(clip: RatioClip) {
    self.clip = clip
  }

  package func callAsFunction(_ trace: ScoredTrace) -> TokenLosses {
    let count = trace.logprobs.count
    guard count > 0 else { return TokenLosses(values: [], slopes: []) }
    let mean = trace.logRatios.reduce(0, +) / Double(count)
    let loss = clip.loss(ratio: mean.exponential, advantage: trace.advantage)
    // The trace's one loss stands at each of its tokens. Summed with equal shares, each logprob moves all of them by a
    // part of 1 / count, which makes the slope of the whole.
    return TokenLosses(
      values: .init(repeating: loss.value, count: count),
      slopes: .init(repeating: loss.slope, count: count),
      clipped: loss.isClipped ? count : 0)
  }
}
