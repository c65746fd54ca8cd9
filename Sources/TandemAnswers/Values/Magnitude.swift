/// The size of an integer too large for a machine word: 32-bit limbs, lowest first, no zero on top.
struct Magnitude: Hashable, Sendable {
  private(set) var limbs: [UInt32]

  init(limbs: [UInt32]) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
  }

  init(_ value: UInt) {
    self.init(limbs: [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)])
  }

  /// The value, when it fits a machine word.
  var word: UInt? {
    switch limbs.count {
    case 0: 0
    case 1: UInt(limbs[0])
    case 2: UInt(limbs[1]) << 32 | UInt(limbs[0])
    default: nil
    }
  }

  var isZero: Bool { limbs.isEmpty }

  static func < (a: Magnitude, b: Magnitude) -> Bool {
    if a.limbs.count != b.limbs.count { return a.limbs.count < b.limbs.count }
    for index in a.limbs.indices.reversed() where a.limbs[index] != b.limbs[index] {
      return a.limbs[index] < b.limbs[index]
    }
    return false
  }

  static func + (a: Magnitude, b: Magnitude) -> Magnitude {
    var result: [UInt32] = []
    let count = max(a.limbs.count, b.limbs.count)
    result.reserveCapacity(count + 1)
    var carry: UInt64 = 0
    for index in 0..<count {
      let x = index < a.limbs.count ? UInt64(a.limbs[index]) : 0
      let y = index < b.limbs.count ? UInt64(b.limbs[index]) : 0
      let sum = x + y + carry
      result.append(UInt32(truncatingIfNeeded: sum))
      carry = sum >> 32
    }
    result.append(UInt32(carry))
    return Magnitude(limbs: result)
  }

  /// The difference; `b` must not be larger.
  static func - (a: Magnitude, b: Magnitude) -> Magnitude {
    var result = a.limbs
    var borrow: Int64 = 0
    for index in result.indices {
      var difference = Int64(result[index]) - borrow
      if index < b.limbs.count { difference -= Int64(b.limbs[index]) }
      borrow = difference < 0 ? 1 : 0
      result[index] = UInt32(truncatingIfNeeded: difference)
    }
    return Magnitude(limbs: result)
  }

  static func * (a: Magnitude, b: Magnitude) -> Magnitude {
    if a.isZero || b.isZero { return Magnitude(limbs: []) }
    var result = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
    for (i, x) in a.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, y) in b.limbs.enumerated() {
        // (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1: no overflow.
        let sum = UInt64(x) * UInt64(y) + UInt64(result[i + j]) + carry
        result[i + j] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      result[i + b.limbs.count] = UInt32(carry)
    }
    return Magnitude(limbs: result)
  }

  /// The quotient and remainder by one limb, which must not be zero.
  func dividedBy(limb: UInt32) -> (quotient: Magnitude, remainder: UInt32) {
    var quotient = limbs
    var remainder: UInt64 = 0
    for index in quotient.indices.reversed() {
      let value = remainder << 32 | UInt64(quotient[index])
      quotient[index] = UInt32(value / UInt64(limb))
      remainder = value % UInt64(limb)
    }
    return (Magnitude(limbs: quotient), UInt32(remainder))
  }

  /// The quotient and remainder; `divisor` must not be zero.
  ///
  /// Knuth, The Art of Computer Programming, volume 2, section 4.3.1, algorithm D.
  func divided(by divisor: Magnitude) -> (quotient: Magnitude, remainder: Magnitude) {
    if self < divisor { return (Magnitude(limbs: []), self) }
    if divisor.limbs.count == 1 {
      let (quotient, remainder) = dividedBy(limb: divisor.limbs[0])
      return (quotient, Magnitude(limbs: [remainder]))
    }
    let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
    let v = divisor.shiftedLeft(shift).limbs
    var u = shiftedLeft(shift).limbs
    while u.count <= limbs.count { u.append(0) }
    let n = v.count
    let steps = u.count - n
    var quotient = [UInt32](repeating: 0, count: steps)
    let top = UInt64(v[n - 1])
    let next = UInt64(v[n - 2])
    for j in stride(from: steps - 1, through: 0, by: -1) {
      let numerator = UInt64(u[j + n]) << 32 | UInt64(u[j + n - 1])
      var guess = numerator / top
      var rest = numerator % top
      while guess >> 32 != 0 || guess * next > (rest << 32 | UInt64(u[j + n - 2])) {
        guess -= 1
        rest += top
        if rest >> 32 != 0 { break }
      }
      var borrow: Int64 = 0
      var carry: UInt64 = 0
      for i in 0..<n {
        let product = guess * UInt64(v[i]) + carry
        carry = product >> 32
        let difference = Int64(u[i + j]) - borrow - Int64(product & 0xFFFF_FFFF)
        u[i + j] = UInt32(truncatingIfNeeded: difference)
        borrow = difference < 0 ? 1 : 0
      }
      let difference = Int64(u[j + n]) - borrow - Int64(carry)
      u[j + n] = UInt32(truncatingIfNeeded: difference)
      if difference < 0 {
        guess -= 1
        var back: UInt64 = 0
        for i in 0..<n {
          let sum = UInt64(u[i + j]) + UInt64(v[i]) + back
          u[i + j] = UInt32(truncatingIfNeeded: sum)
          back = sum >> 32
        }
        u[j + n] = u[j + n] &+ UInt32(truncatingIfNeeded: back)
      }
      quotient[j] = UInt32(truncatingIfNeeded: guess)
    }
    return (
      Magnitude(limbs: quotient),
      Magnitude(limbs: Array(u[0..<n])).shiftedRight(shift)
    )
  }

  /// The value times a power of two below 2^32.
  private func shiftedLeft(_ shift: Int) -> Magnitude {
    if shift == 0 { return self }
    var result: [UInt32] = []
    result.reserveCapacity(limbs.count + 1)
    var carry: UInt32 = 0
    for limb in limbs {
      result.append(limb << UInt32(shift) | carry)
      carry = limb >> UInt32(32 - shift)
    }
    result.append(carry)
    return Magnitude(limbs: result)
  }

  private func shiftedRight(_ shift: Int) -> Magnitude {
    if shift == 0 { return self }
    var result = limbs
    var carry: UInt32 = 0
    for index in result.indices.reversed() {
      let limb = result[index]
      result[index] = limb >> UInt32(shift) | carry
      carry = limb << UInt32(32 - shift)
    }
    return Magnitude(limbs: result)
  }
}
