/// Maps 64-bit hashes to small numbers, several a hash.
///
/// 16 bytes an entry, and 4 to 8 for its slot; at most 2^31 entries.
struct HashIndex: Sendable {
  private var keys: [UInt64] = []
  private var values: [Int32] = []
  /// The next entry of the same slot.
  private var following: [Int32] = []
  /// The first entry of each slot, or ``none``.
  private var slots: [Int32] = Array(repeating: Self.none, count: 16)

  private static let none: Int32 = -1

  /// The number of entries.
  var count: Int { keys.count }

  /// Adds an entry.
  mutating func insert(_ value: Int32, under key: UInt64) {
    precondition(keys.count < Int(Int32.max), "\(keys.count) entries fill the index")
    if keys.count == slots.count { grow() }
    let slot = slot(of: key)
    keys.append(key)
    values.append(value)
    following.append(slots[slot])
    slots[slot] = Int32(truncatingIfNeeded: keys.count - 1)
  }

  /// Calls `body` with each value under a hash, the latest first.
  func forEach(under key: UInt64, _ body: (Int32) -> Void) {
    var entry = slots[slot(of: key)]
    while entry != Self.none {
      let place = Int(entry)
      if keys[place] == key { body(values[place]) }
      entry = following[place]
    }
  }

  private func slot(of key: UInt64) -> Int {
    // The number of slots is a power of two, and the hashes are mixed well.
    Int(truncatingIfNeeded: key & UInt64(slots.count - 1))
  }

  private mutating func grow() {
    slots = Array(repeating: Self.none, count: slots.count * 2)
    for place in keys.indices {
      let slot = slot(of: keys[place])
      following[place] = slots[slot]
      slots[slot] = Int32(truncatingIfNeeded: place)
    }
  }
}
