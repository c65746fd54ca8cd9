internal import TandemRecords

/// All sequences of a run, in memory: some bytes a token.
package struct TrainingData: Sendable {
  /// What was left out, and what is worth knowing.
  package struct Counts: Hashable, Sendable {
    /// Examples without a token that counts.
    package var empty = 0
    /// Completions that ended because the limit was reached.
    package var truncated = 0
    /// Examples without an advantage.
    package var zeroAdvantage = 0
    /// Examples that train on another prompt than they were sampled with.
    package var offPrompt = 0
    /// All tokens.
    package var tokens = 0
    /// Tokens that count.
    package var scored = 0
    /// Tokens of the longest sequence.
    package var longest = 0
  }

  private(set) var sequences: [TrainingSequence]
  /// The sequences of each problem, in the order of the files.
  let problems: [[Int]]
  package let counts: Counts
  /// Whether the logprobs of the model that sampled must be made first.
  let lacksBehaviour: Bool

  init(_ sequences: [TrainingSequence], counts: Counts = Counts(), lacksBehaviour: Bool = false) {
    self.sequences = sequences
    self.lacksBehaviour = lacksBehaviour
    var counts = counts
    var problems: [[Int]] = []
    var places: [String: Int] = [:]
    for (index, sequence) in sequences.enumerated() {
      counts.tokens += sequence.tokens.count
      counts.scored += sequence.scored.count
      counts.longest = max(counts.longest, sequence.tokens.count)
      if sequence.advantage == 0 { counts.zeroAdvantage += 1 }
      if sequence.isOffPrompt { counts.offPrompt += 1 }
      if let place = places[sequence.problem] {
        problems[place].append(index)
      } else {
        places[sequence.problem] = problems.count
        problems.append([index])
      }
    }
    self.problems = problems
    self.counts = counts
  }

  package var sequenceCount: Int { sequences.count }
  package var problemCount: Int { problems.count }

  /// Sets the logprobs of the model that sampled, for every token that counts of every sequence that lacks them.
  mutating func setBehaviour(_ logprobs: [[Float]]) {
    for index in sequences.indices where !sequences[index].isOffPrompt {
      sequences[index].behaviour = logprobs[index]
    }
  }

  /// The SHA-256 of everything that decides what is trained.
  var digest: String {
    var hash = SHA256()
    for sequence in sequences {
      let facts = [
        sequence.id, sequence.problem, "\(sequence.advantage)", "\(sequence.weight)",
        "\(sequence.isRescue)", "\(sequence.isOffPrompt)", "\(sequence.temperature)",
        "\(sequence.tokens.count)", "\(sequence.scored.count)",
        "\(sequence.behaviour?.count ?? -1)",
      ]
      // Each text is preceded by its length, so that no two lists read the same.
      let text = facts.map { "\($0.utf8.count):\($0)" }.joined()
      Array(text.utf8).withUnsafeBytes { hash.update($0) }
      sequence.tokens.withUnsafeBytes { hash.update($0) }
      sequence.scored.withUnsafeBytes { hash.update($0) }
      sequence.behaviour?.withUnsafeBytes { hash.update($0) }
    }
    return hash.finish().hex
  }
}
