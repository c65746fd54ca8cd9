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

  /// Adds a sequence.
  ///
  /// - Parameter scored: positions of tokens to score, ascending and above 0.
  mutating func append(_ sequence: [Int32], scored: [Int]) {
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
  }

  var longest: Int { sequences.map(\.count).max() ?? 0 }
}
