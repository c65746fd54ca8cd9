/// Roots of rational numbers as products of fractional powers of primes.
enum Radical {
  /// Trial division stops here; a larger cofactor counts as one prime.
  private static let largestTrial = 65_536

  /// `value` to the power `numerator / denominator`: roots of primes and a rational factor.
  ///
  /// Odd roots of negative numbers are real, square roots of them are multiples of `i`; other even
  /// roots of them have no normal form here.
  static func power(
    _ value: Rational, _ numerator: Int, _ denominator: Int
  ) throws(Obstacle) -> (Monomial, Rational) {
    if value.isZero {
      guard numerator > 0 else { throw .undefined }
      return (.one, Rational(0))
    }
    var monomial = Monomial.one
    var factor = Rational(1)
    if value.signum < 0 {
      if denominator == 2 {
        let (power, scale) = try Monomial(.i).power(numerator, 1)
        (monomial, factor) = (power, scale)
      } else if denominator & 1 == 1 {
        if numerator & 1 == 1 { factor = Rational(-1) }
      } else {
        throw .other
      }
    }
    for (part, sign) in [(value.numerator.magnitude, 1), (value.denominator, -1)] {
      for (prime, exponent) in try factors(of: part) {
        guard let symbol = Symbol(prime: prime) else { throw .other }
        let (top, overflow) = (exponent * sign).multipliedReportingOverflow(by: numerator)
        if overflow { throw .limit(.degree) }
        let (power, free) = try Monomial(symbol).power(top, denominator)
        let (product, scale) = try Monomial.multiply(monomial, power)
        monomial = product
        factor = factor * free * scale
      }
    }
    return (monomial, factor)
  }

  /// The prime factors of a positive machine word with their exponents.
  private static func factors(of value: Integer) throws(Obstacle) -> [(Int, Int)] {
    guard var rest = value.word else { throw .limit(.digits) }
    var result: [(Int, Int)] = []
    func take(_ divisor: Int) {
      var exponent = 0
      while rest % divisor == 0 {
        rest /= divisor
        exponent += 1
      }
      if exponent > 0 { result.append((divisor, exponent)) }
    }
    take(2)
    take(3)
    var candidate = 5
    while candidate <= largestTrial && candidate * candidate <= rest {
      take(candidate)
      take(candidate + 2)
      candidate += 6
    }
    if rest > 1 {
      let root = Int(Double(rest).squareRoot().rounded())
      let (square, overflow) = root.multipliedReportingOverflow(by: root)
      result.append(!overflow && square == rest ? (root, 2) : (rest, 1))
    }
    return result
  }
}
