/// -min(q, 2) A ln p, the ratio being a constant: truncated importance sampling.
///
/// Ionides, Journal of Computational and Graphical Statistics 17, 2008.
package struct TIS: PolicyLoss {
  package var limit = 2.0

  /// With the usual limit.
  package init() {}

  package func callAsFunction(_ trace: ScoredTrace) -> TokenLosses {
    let ratios = trace.logRatios.map(\.exponential)
    let slopes = ratios.map { -min($0, limit) * trace.advantage }
    return TokenLosses(
      values: zip(slopes, trace.logprobs).map { $0 * Double($1) }, slopes: slopes,
      clipped: ratios.count { $0 > limit })
  }
}
