/// What a run trains for.
package enum ObjectiveName: String, Hashable, Sendable, CaseIterable {
  /// Advantages, by one of the policy-gradient losses.
  case policyGradient = "policy-gradient"
  /// The likelihood of completions.
  case sft
  /// The likelihood of every token; trains all parameters.
  case pretrain
}

/// Where the logprobs of the model that sampled come from.
package enum BehaviourSource: String, Hashable, Sendable, CaseIterable {
  /// From the examples, of the full softmax at temperature 1.
  case stored
  /// From the examples, at the temperature that sampled; the trained model is scored at it too.
  case sampling
  /// From the model as it is before the first step.
  case recompute
}
