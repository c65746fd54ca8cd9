/// The counter-based generator Philox4x32-10: a block of random bits for every key and counter.
///
/// Blocks can be had in any order. Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011.
package struct Philox: Hashable, Sendable {
  /// The key, usually a seed.
  package let key: UInt64

  /// A generator with a key.
  package init(key: UInt64) {
    self.key = key
  }

  /// The 128 bits at a counter.
  package func block(_ low: UInt64, _ high: UInt64 = 0) -> (UInt64, UInt64) {
    var x0 = UInt32(truncatingIfNeeded: low)
    var x1 = UInt32(truncatingIfNeeded: low >> 32)
    var x2 = UInt32(truncatingIfNeeded: high)
    var x3 = UInt32(truncatingIfNeeded: high >> 32)
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key >> 32)
    for _ in 0..<10 {
      let a = x0.multipliedFullWidth(by: 0xD251_1F53)
      let b = x2.multipliedFullWidth(by: 0xCD9E_8D57)
      (x0, x1, x2, x3) = (b.high ^ x1 ^ k0, b.low, a.high ^ x3 ^ k1, a.low)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (UInt64(x1) << 32 | UInt64(x0), UInt64(x3) << 32 | UInt64(x2))
  }

  /// The number in [0, 1) at a counter, with 53 random bits.
  package func uniform(at counter: UInt64) -> Double {
    Double(block(counter).0 >> 11) * 0x1p-53
  }
}

/// The blocks of one ``Philox`` in order, for shuffles and draws of unknown number.
package struct PhiloxSequence: RandomNumberGenerator, Sendable {
  private let philox: Philox
  private var counter: UInt64 = 0

  /// The sequence of a seed.
  package init(seed: Int) {
    philox = Philox(key: UInt64(bitPattern: Int64(seed)))
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    defer { counter &+= 1 }
    return philox.block(counter).0
  }
}
