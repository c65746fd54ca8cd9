/// The merges of a byte-pair model: two neighbours become one token, the lowest rank first.
struct MergeTable: Sendable {
  /// What a pair that is not merged has for its merge.
  static let none = UInt64.max

  private var keys: [UInt64]
  private var merges: [UInt64]

  /// An empty table with room for so many pairs.
  init(capacity: Int) {
    var slots = 16
    while slots < capacity * 2 { slots *= 2 }
    keys = Array(repeating: .max, count: slots)
    merges = Array(repeating: Self.none, count: slots)
  }

  /// Adds a merge; the later of two for one pair stands.
  ///
  /// Not more than the capacity fit.
  mutating func insert(left: Int32, right: Int32, rank: Int, merged: Int32) {
    let key = Self.key(left, right)
    let slot = self.slot(of: key)
    keys[slot] = key
    merges[slot] =
      UInt64(UInt32(truncatingIfNeeded: rank)) << 32 | UInt64(UInt32(bitPattern: merged))
  }

  /// The rank in the upper 32 bits and the merged token in the lower ones, or ``none``.
  @inline(__always)
  func merge(_ left: Int32, _ right: Int32) -> UInt64 {
    merges[slot(of: Self.key(left, right))]
  }

  /// The token that a merge makes.
  @inline(__always)
  static func merged(_ merge: UInt64) -> Int32 { Int32(truncatingIfNeeded: merge) }

  @inline(__always)
  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    let mask = keys.count &- 1
    var hash = key &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    var slot = Int(truncatingIfNeeded: hash) & mask
    while keys[slot] != key, keys[slot] != .max { slot = (slot &+ 1) & mask }
    return slot
  }
}
