/// A product of powers of symbols, sorted by symbol, without zero exponents.
///
/// Primes have exponents between 0 and 1, `i` has exponent 1, so that different monomials are
/// linearly independent over the rational numbers.
struct Monomial: Hashable, Sendable {
  struct Factor: Hashable, Sendable {
    let symbol: Symbol
    /// The exponent, a fraction in lowest terms.
    let numerator: Int32
    let denominator: Int32
  }

  private(set) var factors: [Factor]

  static let one = Monomial(factors: [])

  private init(factors: [Factor]) {
    self.factors = factors
  }

  /// One symbol.
  init(_ symbol: Symbol) {
    factors = [Factor(symbol: symbol, numerator: 1, denominator: 1)]
  }

  var isOne: Bool { factors.isEmpty }

  var hasVariables: Bool { factors.contains { $0.symbol.isVariable } }

  /// The product, with the rational factor that folding roots and `i` sets free.
  static func multiply(_ a: Monomial, _ b: Monomial) throws(Obstacle) -> (Monomial, Rational) {
    if a.isOne { return (b, Rational(1)) }
    if b.isOne { return (a, Rational(1)) }
    var result: [Factor] = []
    result.reserveCapacity(a.factors.count + b.factors.count)
    var scale = Rational(1)
    var (i, j) = (0, 0)
    while i < a.factors.count || j < b.factors.count {
      if j == b.factors.count
        || (i < a.factors.count && a.factors[i].symbol.code < b.factors[j].symbol.code)
      {
        result.append(a.factors[i])
        i += 1
      } else if i == a.factors.count || b.factors[j].symbol.code < a.factors[i].symbol.code {
        result.append(b.factors[j])
        j += 1
      } else {
        let (x, y) = (a.factors[i], b.factors[j])
        let denominator = Int(x.denominator) * Int(y.denominator)
        let numerator =
          Int(x.numerator) * Int(y.denominator) + Int(y.numerator) * Int(x.denominator)
        let (factor, free) = try fold(x.symbol, numerator, denominator)
        if let factor { result.append(factor) }
        scale = scale * free
        i += 1
        j += 1
      }
    }
    return (Monomial(factors: result), scale)
  }

  /// A rational power, with the rational factor it sets free.
  func power(_ numerator: Int, _ denominator: Int) throws(Obstacle) -> (Monomial, Rational) {
    var result: [Factor] = []
    var scale = Rational(1)
    for factor in factors {
      let (top, overflow) = Int(factor.numerator).multipliedReportingOverflow(by: numerator)
      let (bottom, second) = Int(factor.denominator).multipliedReportingOverflow(by: denominator)
      if overflow || second { throw .limit(.degree) }
      let (folded, free) = try Self.fold(factor.symbol, top, bottom)
      if let folded { result.append(folded) }
      scale = scale * free
    }
    return (Monomial(factors: result), scale)
  }

  /// A symbol to a power, its exponent brought into the normal range.
  private static func fold(
    _ symbol: Symbol, _ numerator: Int, _ denominator: Int
  ) throws(Obstacle) -> (Factor?, Rational) {
    var (top, bottom) = (numerator, denominator)
    var (u, v) = (top.magnitude, bottom.magnitude)
    while v != 0 { (u, v) = (v, u % v) }
    if u > 1 {
      top /= Int(u)
      bottom /= Int(u)
    }
    var free = Rational(1)
    if symbol == .i {
      guard bottom == 1 else { throw .other }
      let phase = ((top % 4) + 4) % 4
      if phase >= 2 { free = Rational(-1) }
      top = phase & 1
    } else if let prime = symbol.prime {
      var whole = top / bottom
      if top % bottom < 0 { whole -= 1 }
      guard whole.magnitude <= UInt(Limit.maximumDegree) else { throw .limit(.degree) }
      free = try Rational(prime).power(whole)
      top -= whole * bottom
    } else if top.magnitude / bottom.magnitude >= UInt(Limit.maximumDegree) {
      throw .limit(.degree)
    }
    if top == 0 { return (nil, free) }
    guard let t = Int32(exactly: top), let b = Int32(exactly: bottom) else {
      throw .limit(.degree)
    }
    return (Factor(symbol: symbol, numerator: t, denominator: b), free)
  }

  /// A fixed total order.
  static func < (a: Monomial, b: Monomial) -> Bool {
    for (x, y) in zip(a.factors, b.factors) where x != y {
      if x.symbol != y.symbol { return x.symbol.code < y.symbol.code }
      return Int(x.numerator) * Int(y.denominator) < Int(y.numerator) * Int(x.denominator)
    }
    return a.factors.count < b.factors.count
  }
}

extension Monomial: CustomStringConvertible {
  var description: String {
    factors.map { factor in
      if factor.denominator != 1 {
        let root = factor.symbol.prime.map(String.init) ?? factor.symbol.description
        return "\(root)^(\(factor.numerator)/\(factor.denominator))"
      }
      return factor.numerator == 1
        ? factor.symbol.description : "\(factor.symbol)^\(factor.numerator)"
    }.joined(separator: "·")
  }
}
