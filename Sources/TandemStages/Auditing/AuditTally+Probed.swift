internal import TandemJSON
internal import TandemRecords

extension AuditTally {
  /// What a model made of hints, counted.
  package struct Probed: Hashable, Sendable {
    package private(set) var hints = 0
    /// Hints that make the gold answer likelier.
    package private(set) var helpful = 0
    /// Hints whose answer was asked for without the question.
    package private(set) var asked = 0
    /// Those of them that were enough.
    package private(set) var answered = 0
    // In millionths, so that sums do not depend on their order.
    private var millionthBits = 0

    /// How much likelier a hint makes the gold answer on average, in bits; nil without hints.
    package var meanBits: Double? {
      hints == 0 ? nil : Double(millionthBits) / 1e6 / Double(hints)
    }

    /// The share of hints that were enough without the question; nil where none was asked.
    package var hintOnlyAccuracy: Double? {
      asked == 0 ? nil : Double(answered) / Double(asked)
    }

    mutating func add(_ behavioural: Finding.Behavioural) {
      hints += 1
      if behavioural.bits > 0 { helpful += 1 }
      // A probability of 0 has no logarithm: such a hint counts as the most that is counted.
      let bits = behavioural.bits.isNaN ? 0 : max(-1e6, min(1e6, behavioural.bits))
      millionthBits += Int((bits * 1e6).rounded())
      guard let verdict = behavioural.hintOnly else { return }
      asked += 1
      if verdict == .correct { answered += 1 }
    }

    mutating func add(_ other: Probed) {
      hints += other.hints
      helpful += other.helpful
      asked += other.asked
      answered += other.answered
      millionthBits += other.millionthBits
    }

    /// The counts as a manifest's summary.
    var json: JSONValue {
      [
        "hints": .number(hints), "helpful": .number(helpful),
        "mean_bits": meanBits.map(JSONValue.number) ?? .null, "asked": .number(asked),
        "answered": .number(answered),
      ]
    }
  }
}
