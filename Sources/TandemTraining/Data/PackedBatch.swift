/// Sequences one after another, without padding, and the tokens among them that are scored.
struct PackedBatch {
  private(set) var tokens: [Int32] = []
  /// Of every token in its sequence.
  private(set) var positions: [Int] = []
  /// The rows of each sequence.
  private(set) var sequences: [Range<Int>] = []
  /// The row that predicts each scored token: the one before it.
  private(set) var sources: [Int] = []
  /// The scored tokens.
  private(set) var targets: [Int32] = []
  /// The scored tokens of each sequence.
  private(set) var targetsOfSequence: [Range<Int>] = []
  /// What the logits of each scored token are multiplied with; empty when all are taken as they are.
  private(set) var logitScales: [Float] = []

  /// Adds a sequence.
  ///
  /// - Parameters:
  ///   - scored: positions of tokens to score, ascending and above 0.
  ///   - temperature: what their logits are divided by.
  mutating func append(_ sequence: [Int32], scored: [Int], temperature: Double = 1) {
    let start = tokens.count
    tokens += sequence
    positions += 0..<sequence.count
    sequences.append(start..<tokens.count)
    let first = targets.count
    for position in scored {
      sources.append(start + position - 1)
      targets.append(sequence[position])
    }
    targetsOfSequence.append(first..<targets.count)
    if temperature != 1 || !logitScales.isEmpty {
      logitScales += [Float](repeating: 1, count: first - logitScales.count)
      logitScales += [Float](repeating: Float(1 / temperature), count: scored.count)
    }
  }

  /// Adds a sequence.
  mutating func append(_ sequence: TrainingSequence) {
    append(sequence.tokens, scored: sequence.scored, temperature: sequence.temperature)
  }

  var longest: Int { sequences.map(\.count).max() ?? 0 }
}
