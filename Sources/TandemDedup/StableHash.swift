/// A 64-bit hash that is the same in every process, for values that nobody chooses to collide.
struct StableHash: Hashable, Sendable {
  private(set) var value: UInt64

  /// The hash of nothing; another seed gives another hash.
  init(seed: UInt64 = 0) {
    value = seed ^ 0x9E37_79B9_7F4A_7C15
  }

  /// Adds a number; the order matters.
  mutating func add(_ number: UInt64) {
    value = Self.mix(value ^ number) &+ 0x9E37_79B9_7F4A_7C15
  }

  /// The hash of numbers in their order.
  static func of(_ numbers: some Sequence<UInt64>, seed: UInt64 = 0) -> UInt64 {
    var hash = StableHash(seed: seed)
    for number in numbers { hash.add(number) }
    return hash.value
  }

  /// The finaliser of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
  /// generators", OOPSLA 2014.
  static func mix(_ number: UInt64) -> UInt64 {
    var bits = number
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}
