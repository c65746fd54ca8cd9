/// -A ln p.
///
/// Williams, Machine Learning 8, 1992.
package struct Reinforce: PolicyLoss {
  /// Has no options.
  package init() {}

  package func callAsFunction(_ trace: ScoredTrace) -> TokenLosses {
    TokenLosses(
      values: trace.logprobs.map { -trace.advantage * Double($0) },
      slopes: trace.logprobs.map { _ in -trace.advantage })
  }
}
