/// An integer of any size; those of a machine word are kept in one.
package struct Integer: Hashable, Sendable {
  private enum Storage: Hashable, Sendable {
    case small(Int)
    /// Only for values that do not fit an `Int`.
    case large(isNegative: Bool, Magnitude)
  }

  private var storage: Storage

  /// The integer of a machine word.
  package init(_ value: Int) {
    storage = .small(value)
  }

  private init(isNegative: Bool, _ magnitude: Magnitude) {
    if let word = magnitude.word {
      if !isNegative, let value = Int(exactly: word) {
        storage = .small(value)
        return
      }
      if isNegative, word <= UInt(Int.max) + 1 {
        storage = .small(Int(truncatingIfNeeded: 0 &- word))
        return
      }
    }
    storage = .large(isNegative: isNegative, magnitude)
  }

  /// The value, when it fits a machine word.
  package var word: Int? {
    if case .small(let value) = storage { value } else { nil }
  }

  /// -1, 0 or 1.
  package var signum: Int {
    switch storage {
    case .small(let value): value.signum()
    case .large(let isNegative, _): isNegative ? -1 : 1
    }
  }

  /// Whether it is 0.
  package var isZero: Bool { word == 0 }

  /// Whether it is 1.
  package var isOne: Bool { word == 1 }

  /// Whether two divides it.
  var isEven: Bool {
    switch storage {
    case .small(let value): value & 1 == 0
    case .large(_, let magnitude): (magnitude.limbs.first ?? 0) & 1 == 0
    }
  }

  /// 32-bit limbs of its size.
  var limbCount: Int {
    switch storage {
    case .small: 2
    case .large(_, let magnitude): magnitude.limbs.count
    }
  }

  private var parts: (isNegative: Bool, magnitude: Magnitude) {
    switch storage {
    case .small(let value): (value < 0, Magnitude(value.magnitude))
    case .large(let isNegative, let magnitude): (isNegative, magnitude)
    }
  }

  /// The closest double, infinite when too large.
  package var double: Double {
    switch storage {
    case .small(let value): return Double(value)
    case .large(let isNegative, let magnitude):
      var result = 0.0
      for limb in magnitude.limbs.reversed() { result = result * 0x1p32 + Double(limb) }
      return isNegative ? -result : result
    }
  }

  // MARK: Arithmetic

  static prefix func - (a: Integer) -> Integer {
    if case .small(let value) = a.storage, value != .min { return Integer(-value) }
    let (isNegative, magnitude) = a.parts
    return Integer(isNegative: !isNegative, magnitude)
  }

  /// The size.
  var magnitude: Integer { signum < 0 ? -self : self }

  static func + (a: Integer, b: Integer) -> Integer {
    if case .small(let x) = a.storage, case .small(let y) = b.storage {
      let (sum, overflow) = x.addingReportingOverflow(y)
      if !overflow { return Integer(sum) }
    }
    let (p, q) = (a.parts, b.parts)
    if p.isNegative == q.isNegative {
      return Integer(isNegative: p.isNegative, p.magnitude + q.magnitude)
    }
    return p.magnitude < q.magnitude
      ? Integer(isNegative: q.isNegative, q.magnitude - p.magnitude)
      : Integer(isNegative: p.isNegative, p.magnitude - q.magnitude)
  }

  static func - (a: Integer, b: Integer) -> Integer { a + -b }

  static func * (a: Integer, b: Integer) -> Integer {
    if case .small(let x) = a.storage, case .small(let y) = b.storage {
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      if !overflow { return Integer(product) }
    }
    let (p, q) = (a.parts, b.parts)
    return Integer(isNegative: p.isNegative != q.isNegative, p.magnitude * q.magnitude)
  }

  /// Quotient towards zero and remainder of the dividend's sign; nil for a divisor of 0.
  func divided(by divisor: Integer) -> (quotient: Integer, remainder: Integer)? {
    if divisor.isZero { return nil }
    if case .small(let x) = storage, case .small(let y) = divisor.storage, x != .min || y != -1 {
      return (Integer(x / y), Integer(x % y))
    }
    let (p, q) = (parts, divisor.parts)
    let (quotient, remainder) = p.magnitude.divided(by: q.magnitude)
    return (
      Integer(isNegative: p.isNegative != q.isNegative, quotient),
      Integer(isNegative: p.isNegative, remainder)
    )
  }

  /// The greatest common divisor, never negative.
  static func gcd(_ a: Integer, _ b: Integer) -> Integer {
    var (x, y) = (a, b)
    while true {
      if case .small(let p) = x.storage, case .small(let q) = y.storage {
        var (u, v) = (p.magnitude, q.magnitude)
        while v != 0 { (u, v) = (v, u % v) }
        return Integer(isNegative: false, Magnitude(u))
      }
      guard let (_, remainder) = x.divided(by: y) else { return x.magnitude }
      (x, y) = (y, remainder)
    }
  }

  /// A natural power by squaring.
  func power(_ exponent: Int) throws(Obstacle) -> Integer {
    if let word, -1...1 ~= word {
      return word == -1 && exponent & 1 == 0 ? Integer(1) : exponent == 0 ? Integer(1) : self
    }
    var (result, base, rest) = (Integer(1), self, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result * base }
      rest >>= 1
      if rest > 0 { base = base * base }
      if max(result.limbCount, rest > 0 ? base.limbCount : 0) > Limit.maximumLimbs {
        throw .limit(.digits)
      }
    }
    return result
  }

  // MARK: Decimal digits

  /// Reads digits of a base up to 36 in any case; other bytes are passed over.
  init(digits: some Sequence<UInt8>, base: Int = 10) throws(Obstacle) {
    var small = 0
    var large: Integer?
    for byte in digits {
      guard let digit = Self.digit(byte), digit < base else { continue }
      if let value = large {
        let next = value * Integer(base) + Integer(digit)
        if next.limbCount > Limit.maximumLimbs { throw .limit(.digits) }
        large = next
        continue
      }
      let (scaled, first) = small.multipliedReportingOverflow(by: base)
      let (sum, second) = scaled.addingReportingOverflow(digit)
      if first || second {
        large = Integer(small) * Integer(base) + Integer(digit)
      } else {
        small = sum
      }
    }
    self = large ?? Integer(small)
  }

  /// The value of a digit or letter as a digit.
  static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x5A: Int(byte) - 0x41 + 10
    case 0x61...0x7A: Int(byte) - 0x61 + 10
    default: nil
    }
  }
}

extension Integer: Comparable {
  /// The order of the numbers.
  package static func < (a: Integer, b: Integer) -> Bool {
    if case .small(let x) = a.storage, case .small(let y) = b.storage { return x < y }
    let (p, q) = (a.parts, b.parts)
    if p.isNegative != q.isNegative { return p.isNegative }
    return p.isNegative ? q.magnitude < p.magnitude : p.magnitude < q.magnitude
  }
}

extension Integer: CustomStringConvertible {
  /// Its decimal digits.
  package var description: String {
    switch storage {
    case .small(let value): return String(value)
    case .large(let isNegative, var magnitude):
      var groups: [String] = []
      while !magnitude.isZero {
        let (quotient, remainder) = magnitude.dividedBy(limb: 1_000_000_000)
        let digits = String(remainder)
        groups.append(
          quotient.isZero
            ? digits : String(repeating: "0", count: max(0, 9 - digits.count)) + digits)
        magnitude = quotient
      }
      return (isNegative ? "-" : "") + groups.reversed().joined()
    }
  }
}
