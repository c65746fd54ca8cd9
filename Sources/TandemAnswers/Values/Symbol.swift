/// A generator of the normal form: a name, a constant, or the roots of a prime.
///
/// Equal names have equal codes in every expression, so values of different texts can be compared.
struct Symbol: Hashable, Sendable {
  /// The kind in the top byte, the name or number below.
  let code: UInt64

  private static let constantTag: UInt64 = 1 << 56
  private static let primeTag: UInt64 = 2 << 56
  private static let longTag: UInt64 = 3 << 56
  private static let payload: UInt64 = (1 << 56) - 1

  static let pi = Symbol(code: constantTag | 1)
  static let e = Symbol(code: constantTag | 2)
  static let i = Symbol(code: constantTag | 3)

  init(code: UInt64) {
    self.code = code
  }

  /// The name of a variable; names over seven bytes are kept as a 56-bit digest (FNV-1a).
  init(name: some Collection<UInt8>) {
    if name.count <= 7 {
      code = name.reduce(0) { $0 << 8 | UInt64($1) }
    } else {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      code = Self.longTag | (hash & Self.payload)
    }
  }

  /// The roots of a prime number below 2^56.
  init?(prime: Int) {
    guard prime > 1, UInt64(prime) <= Self.payload else { return nil }
    code = Self.primeTag | UInt64(prime)
  }

  /// The prime whose roots these are.
  var prime: Int? {
    code & ~Self.payload == Self.primeTag ? Int(code & Self.payload) : nil
  }

  /// Whether it is a name, not a constant.
  var isVariable: Bool {
    let tag = code & ~Self.payload
    return tag == 0 || tag == Self.longTag
  }

  /// Whether it stands for a known positive number.
  var isPositive: Bool { self == .pi || self == .e || prime != nil }
}

extension Symbol: CustomStringConvertible {
  var description: String {
    if self == .pi { return "π" }
    if self == .e { return "e" }
    if self == .i { return "i" }
    if let prime { return "root(\(prime))" }
    if code & ~Self.payload == Self.longTag { return "name#\(code & Self.payload)" }
    var bytes: [UInt8] = []
    var rest = code
    while rest > 0 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    return String(decoding: bytes.reversed(), as: UTF8.self)
  }
}
