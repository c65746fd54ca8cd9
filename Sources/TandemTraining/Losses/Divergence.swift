/// The estimator k3 of the divergence from a reference: e^d - d - 1 with d = ln p_reference - ln p.
///
/// Schulman, "Approximating KL divergence", 2020: unbiased, and never negative.
enum Divergence {
  /// The value and its derivative by ln p.
  static func k3(logprob: Float, reference: Float) -> (value: Double, slope: Double) {
    let d = Double(reference) - Double(logprob)
    return (d.exponential - d - 1, 1 - d.exponential)
  }
}
