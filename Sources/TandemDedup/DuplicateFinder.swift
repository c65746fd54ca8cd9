package import TandemRecords

/// A text that says the same as an earlier one.
package struct Duplicate: Hashable, Sendable {
  /// How much the same.
  package enum Kind: String, Sendable {
    /// The same words and operators in the same order.
    case exact
    /// Nearly the same words.
    case near
  }

  /// How much the same.
  package var kind: Kind
  /// The id of the text that was kept.
  package var keptID: String
  /// The Jaccard similarity of their sets of shingles; 1 when exact.
  package var similarity: Double
  /// Whether their gold answers are written differently, which makes one of them suspect.
  package var answersDiffer: Bool
}

/// Finds duplicates in a stream of texts; of several the first seen is kept.
///
/// Memory for a kept text: its id, 8 bytes a word, and about 500 bytes.
package struct DuplicateFinder: Sendable {
  /// What counts as a duplicate.
  package struct Options: Hashable, Sendable {
    /// The least Jaccard similarity of near duplicates; above 1 there are only exact ones.
    package var threshold: Double
    /// Words a shingle.
    package var shingleWords: Int
    /// Whether near duplicates may differ in their numbers, symbols and gold answers.
    ///
    /// Questions that differ in nothing else are different problems; hence off.
    package var ignoresNumbers: Bool

    /// Options; four fifths of the shingles and all numbers the same unless said otherwise.
    package init(threshold: Double = 0.8, shingleWords: Int = 3, ignoresNumbers: Bool = false) {
      self.threshold = threshold
      self.shingleWords = max(1, shingleWords)
      self.ignoresNumbers = ignoresNumbers
    }
  }

  private let options: Options
  private let minHash: MinHash
  private var kept: [String] = []
  /// The hash of each one's gold answer.
  private var answers: [UInt64] = []
  private var digests: [TextDigest: Int32] = [:]
  /// The sorted shingles of all kept texts, and where each text's end.
  private var shingles: [UInt64] = []
  private var ends: [Int] = []
  private var bands = HashIndex()
  /// The last question for which a kept text was looked at.
  private var looked: [Int] = []
  private var questions = 0

  /// A finder that has seen nothing.
  package init(_ options: Options = Options()) {
    self.options = options
    minHash = MinHash(threshold: options.threshold)
  }

  /// The duplicate that a problem is of an earlier one, by question and options; else it is kept.
  package mutating func add(_ problem: Problem) -> Duplicate? {
    let parts = [problem.question] + (problem.choices ?? [])
    return add(id: problem.id, text: parts.joined(separator: "\n"), answer: problem.gold)
  }

  /// The duplicate that a text is of an earlier one; else nil, and it is kept.
  package mutating func add(id: String, text: String, answer: String = "") -> Duplicate? {
    let tokens = TextTokens(text)
    let digest = TextDigest(tokens, of: text)
    let answer = StableHash.of(TextTokens(answer).tokens.map(\.hash))
    if let same = digests[digest] {
      let number = Int(same)
      return Duplicate(
        kind: .exact, keptID: kept[number], similarity: 1, answersDiffer: answers[number] != answer)
    }
    var set: [UInt64] = []
    var keys: [UInt64] = []
    if options.threshold <= 1 {
      let length = options.shingleWords
      set = Shingles.sorted(
        Shingles.padded(tokens.words.map(\.hash), length: length), length: length)
      // Texts of other numbers share no band: a template filled in many ways costs no comparisons.
      let salt = options.ignoresNumbers ? 0 : StableHash.of([tokens.figures, answer])
      if !set.isEmpty { keys = minHash.bandHashes(of: set, salt: salt) }
    }
    if let near = nearest(set, keys) {
      return Duplicate(
        kind: .near, keptID: kept[near.number], similarity: near.similarity,
        answersDiffer: answers[near.number] != answer)
    }
    let number = Int32(truncatingIfNeeded: kept.count)
    digests[digest] = number
    kept.append(id)
    answers.append(answer)
    shingles += set
    ends.append(shingles.count)
    looked.append(0)
    for key in keys { bands.insert(number, under: key) }
    return nil
  }

  /// The most similar kept text within the threshold, of equally similar ones the first.
  private mutating func nearest(_ set: [UInt64], _ keys: [UInt64])
    -> (number: Int, similarity: Double)?
  {
    questions += 1
    var candidates: [Int] = []
    for key in keys { bands.forEach(under: key) { candidates.append(Int($0)) } }
    var best: (number: Int, similarity: Double)?
    for number in candidates where looked[number] != questions {
      looked[number] = questions
      let start = number == 0 ? 0 : ends[number - 1]
      let similarity = Shingles.jaccard(set[...], shingles[start..<ends[number]])
      guard similarity >= options.threshold else { continue }
      if let best, (best.similarity, number) > (similarity, best.number) { continue }
      best = (number, similarity)
    }
    return best
  }
}
