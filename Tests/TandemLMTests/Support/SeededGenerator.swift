import TandemRecords

/// Random numbers of a seed.
struct SeededGenerator: RandomNumberGenerator {
  private var sequence: PhiloxSequence

  init(_ seed: Int) {
    sequence = PhiloxSequence(seed: seed)
  }

  mutating func next() -> UInt64 { sequence.next() }
}
