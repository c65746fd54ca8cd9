package import TandemJSON

/// What a row of another tool says about one trace; what it does not say is nil.
package struct MappedTrace: Hashable, Sendable {
  /// The id by which that tool calls the problem.
  package var problemID: String?
  /// The question's text.
  package var question: String?
  /// The model that wrote it.
  package var model: String?
  /// The number among the samples of this problem.
  package var sample: Int?
  /// What the model wrote; empty for one that failed.
  package var text: String
  /// The prompt as text.
  package var prompt: String?
  /// The tokens that the model wrote.
  package var tokenIDs: [Int32]?
  /// The natural logarithm of each token's probability.
  package var logprobs: [Double]?
  /// Why it ended.
  package var finishReason: String?
  /// Tokens used.
  package var usage: JSONObject?
  /// Temperature and the like.
  package var sampling: JSONObject?
  /// Why it failed technically.
  package var error: String?
}
