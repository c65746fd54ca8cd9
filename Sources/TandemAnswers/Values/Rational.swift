/// An exact fraction in lowest terms with a positive denominator.
package struct Rational: Hashable, Sendable {
  /// The number above the line.
  package let numerator: Integer
  /// The number below the line, positive.
  package let denominator: Integer

  /// A whole number.
  package init(_ value: Integer) {
    self.init(reduced: value, Integer(1))
  }

  /// A whole number of a machine word.
  package init(_ value: Int) {
    self.init(Integer(value))
  }

  /// The reduced fraction; nil for a denominator of 0.
  package init?(_ numerator: Integer, _ denominator: Integer) {
    if denominator.isOne {
      self.init(numerator)
      return
    }
    let divisor = Integer.gcd(numerator, denominator)
    guard !denominator.isZero, let (n, _) = numerator.divided(by: divisor),
      let (d, _) = denominator.divided(by: divisor)
    else { return nil }
    self.init(reduced: d.signum < 0 ? -n : n, d.magnitude)
  }

  private init(reduced numerator: Integer, _ denominator: Integer) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Whether it is a whole number.
  package var isInteger: Bool { denominator.isOne }
  /// Whether it is 0.
  package var isZero: Bool { numerator.isZero }
  /// Whether it is 1.
  package var isOne: Bool { numerator.isOne && denominator.isOne }
  /// -1, 0 or 1.
  package var signum: Int { numerator.signum }
  /// The size.
  var magnitude: Rational { signum < 0 ? -self : self }

  /// The closest double or near it; infinite when too large.
  package var double: Double {
    let (n, d) = (numerator.double, denominator.double)
    if n.isFinite && d.isFinite { return n / d }
    guard let (whole, _) = numerator.divided(by: denominator) else { return .nan }
    return whole.double
  }

  static prefix func - (a: Rational) -> Rational {
    Rational(reduced: -a.numerator, a.denominator)
  }

  static func + (a: Rational, b: Rational) -> Rational {
    if a.isInteger && b.isInteger { return Rational(a.numerator + b.numerator) }
    return Rational(
      a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
      ?? Rational(0)
  }

  static func - (a: Rational, b: Rational) -> Rational { a + -b }

  static func * (a: Rational, b: Rational) -> Rational {
    if a.isInteger && b.isInteger { return Rational(a.numerator * b.numerator) }
    return Rational(a.numerator * b.numerator, a.denominator * b.denominator) ?? Rational(0)
  }

  /// One over it; nil for 0.
  var reciprocal: Rational? {
    if isZero { return nil }
    return numerator.signum < 0
      ? Rational(reduced: -denominator, numerator.magnitude)
      : Rational(reduced: denominator, numerator)
  }

  /// An integer power; 0 to a negative power is undefined.
  func power(_ exponent: Int) throws(Obstacle) -> Rational {
    guard exponent < 0 else {
      return Rational(
        reduced: try numerator.power(exponent), try denominator.power(exponent))
    }
    guard let reciprocal, exponent != .min else { throw .undefined }
    return try reciprocal.power(-exponent)
  }

  /// The largest integer that is not above it.
  var floor: Integer {
    guard let (quotient, remainder) = numerator.divided(by: denominator) else { return numerator }
    return remainder.signum < 0 ? quotient - Integer(1) : quotient
  }

  /// The number rounded to a multiple of `step`, halves away from zero.
  func rounded(toMultipleOf step: Rational) -> Rational? {
    guard let scale = step.reciprocal, let half = Rational(Integer(1), Integer(2)) else {
      return nil
    }
    let size = Rational(((magnitude * scale) + half).floor) * step
    return signum < 0 ? -size : size
  }

  /// 10 to an integer power.
  static func powerOfTen(_ exponent: Int) throws(Obstacle) -> Rational {
    try Rational(10).power(exponent)
  }
}

extension Rational: Comparable {
  /// The order of the numbers.
  package static func < (a: Rational, b: Rational) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
}

extension Rational: CustomStringConvertible {
  /// `n` or `n/d`.
  package var description: String {
    isInteger ? numerator.description : "\(numerator)/\(denominator)"
  }
}
