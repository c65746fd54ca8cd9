/// A completion with its probabilities.
package struct GeneratedSample: Hashable, Sendable {
  /// Why a completion ended.
  package enum Finish: Hashable, Sendable {
    /// Its last token is one of the request's stop ids.
    case stopID
    /// The caller stopped it after one of its tokens.
    case stopped
    /// It has as many tokens as were asked for, or the model no further position.
    case length
    /// The model's logits are not numbers; the tokens before are kept.
    case notNumbers
  }

  /// The request's number.
  package var request: Int
  /// Which of the request's seeds it was drawn with.
  package var sample: Int
  /// The completion, without the prompt.
  package var tokens: [Int32]
  /// The logarithm of every token's probability by the full softmax at temperature 1, without penalty.
  package var rawLogprobs: [Float]
  /// The logarithm of every token's probability by the distribution that it was drawn from.
  package var samplingLogprobs: [Float]
  package var finish: Finish
}
