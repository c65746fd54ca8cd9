/// One sequence to train on, whatever it came from.
struct TrainingSequence: Hashable {
  /// The example's or the row's id, for messages.
  var id: String
  /// Sequences of one problem are updated on together.
  var problem: String
  /// Prompt and completion.
  var tokens: [Int32]
  /// Positions of the tokens that count, ascending and above 0.
  var scored: [Int]
  /// ln p of the tokens that count by the model that sampled; nil where it is unknown or must not be used.
  var behaviour: [Float]?
  /// Whether plain `-A ln p` is used: the sequence was sampled with another prompt.
  var isOffPrompt = false
  var advantage = 1.0
  var weight = 1.0
  var isRescue = false
  /// What logits are divided by before the softmax.
  var temperature = 1.0
  /// Which engine sampled, and under which mode its logprobs were taken.
  var origin = Origin(engine: "", mode: "")

  struct Origin: Hashable {
    var engine: String
    var mode: String
  }
}
