/// -(4 / tau) sigmoid(tau (q - 1)) A: a soft gate in place of clipping.
///
/// Gao and others, https://arxiv.org/abs/2511.20347; tau is larger where the advantage is not positive, and smaller for
/// rescues.
package struct SAPO: PolicyLoss {
  package var positive = 1.0
  package var negative = 1.05
  package var rescue = 0.8

  /// With the usual temperatures.
  package init() {}

  package func callAsFunction(_ trace: ScoredTrace) -> TokenLosses {
    let tau = trace.isRescue ? rescue : trace.advantage > 0 ? positive : negative
    var losses = TokenLosses(values: [], slopes: [])
    for logRatio in trace.logRatios {
      let ratio = logRatio.exponential
      let gate = 1 / (1 + (-tau * (ratio - 1)).exponential)
      losses.values.append(-4 / tau * gate * trace.advantage)
      // (1 - gate) is zero where the ratio is infinite, and so is the product's limit.
      let shrink = gate * (1 - gate)
      losses.slopes.append(shrink == 0 ? 0 : -4 * shrink * ratio * trace.advantage)
    }
    return losses
  }
}
