/// A rational function of symbols: the normal form of a scalar.
///
/// A denominator of one term is folded into the numerator, so most values have denominator 1.
struct Quotient: Sendable {
  private(set) var numerator: Polynomial
  private(set) var denominator: Polynomial?

  init(_ value: Rational) {
    numerator = Polynomial(value)
  }

  init(_ symbol: Symbol) {
    numerator = Polynomial(symbol)
  }

  init(_ numerator: Polynomial, _ denominator: Polynomial? = nil) throws(Obstacle) {
    self.numerator = numerator
    guard let denominator else { return }
    if denominator.isZero { throw .undefined }
    if denominator.terms.count == 1 {
      var budget = Budget()
      let inverse = try denominator.termPower(-1, 1)
      self.numerator = try Polynomial.multiply(numerator, inverse, &budget)
    } else {
      self.denominator = denominator
    }
  }

  /// The value, when it is a rational number.
  var rational: Rational? { denominator == nil ? numerator.rational : nil }

  var hasVariables: Bool { numerator.hasVariables || denominator?.hasVariables ?? false }

  static prefix func - (a: Quotient) -> Quotient {
    var result = a
    result.numerator = -a.numerator
    return result
  }

  static func add(
    _ a: Quotient, _ b: Quotient, _ budget: inout Budget
  ) throws(Obstacle) -> Quotient {
    switch (a.denominator, b.denominator) {
    case (nil, nil):
      return try Quotient(Polynomial.add(a.numerator, b.numerator, &budget))
    case (let p?, nil):
      let scaled = try Polynomial.multiply(b.numerator, p, &budget)
      return try Quotient(Polynomial.add(a.numerator, scaled, &budget), p)
    case (nil, let q?):
      let scaled = try Polynomial.multiply(a.numerator, q, &budget)
      return try Quotient(Polynomial.add(scaled, b.numerator, &budget), q)
    case (let p?, let q?):
      let left = try Polynomial.multiply(a.numerator, q, &budget)
      let right = try Polynomial.multiply(b.numerator, p, &budget)
      return try Quotient(
        Polynomial.add(left, right, &budget), Polynomial.multiply(p, q, &budget))
    }
  }

  static func multiply(
    _ a: Quotient, _ b: Quotient, _ budget: inout Budget
  ) throws(Obstacle) -> Quotient {
    let top = try Polynomial.multiply(a.numerator, b.numerator, &budget)
    switch (a.denominator, b.denominator) {
    case (nil, nil): return try Quotient(top)
    case (let p?, nil): return try Quotient(top, p)
    case (nil, let q?): return try Quotient(top, q)
    case (let p?, let q?): return try Quotient(top, Polynomial.multiply(p, q, &budget))
    }
  }

  /// One over it.
  func reciprocal() throws(Obstacle) -> Quotient {
    try Quotient(denominator ?? Polynomial(Rational(1)), numerator)
  }

  /// A rational power with a positive denominator.
  func power(
    _ numerator: Int, _ denominator: Int, _ budget: inout Budget
  ) throws(Obstacle) -> Quotient {
    if self.denominator == nil, self.numerator.terms.count == 1 {
      return try Quotient(self.numerator.termPower(numerator, denominator))
    }
    if denominator == 1 {
      if numerator < 0 {
        if numerator == .min { throw .limit(.degree) }
        return try reciprocal().power(-numerator, 1, &budget)
      }
      let top = try self.numerator.power(numerator, &budget)
      guard let bottom = self.denominator else { return try Quotient(top) }
      return try Quotient(top, bottom.power(numerator, &budget))
    }
    if self.numerator.isZero {
      guard numerator > 0 else { throw .undefined }
      return Quotient(Rational(0))
    }
    throw .other
  }

  /// Whether two are the same function, by multiplying crosswise.
  static func areEqual(
    _ a: Quotient, _ b: Quotient, _ budget: inout Budget
  ) throws(Obstacle) -> Bool {
    if a.denominator == nil && b.denominator == nil { return a.numerator == b.numerator }
    let left = try Polynomial.multiply(
      a.numerator, b.denominator ?? Polynomial(Rational(1)), &budget)
    let right = try Polynomial.multiply(
      b.numerator, a.denominator ?? Polynomial(Rational(1)), &budget)
    return left == right
  }
}

extension Quotient: CustomStringConvertible {
  var description: String {
    denominator.map { "(\(numerator)) / (\($0))" } ?? numerator.description
  }
}
