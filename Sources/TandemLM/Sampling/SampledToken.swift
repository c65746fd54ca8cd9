/// A token with the probabilities that it was chosen with.
package struct SampledToken: Hashable, Sendable {
  /// The token's id.
  package var id: Int32
  /// The natural logarithm of its probability by the full softmax of the logits at temperature 1, without penalty.
  package var rawLogprob: Float
  /// The natural logarithm of its probability by the distribution that it was drawn from; 0 at temperature 0.
  package var samplingLogprob: Float
}
