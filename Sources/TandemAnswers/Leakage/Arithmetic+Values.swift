/// Powers, roots, factorials and binomials within bounds; nil beyond them.
extension Arithmetic {
  static func power(_ base: Rational, _ exponent: Rational) -> Rational? {
    guard let top = exponent.numerator.word, let bottom = exponent.denominator.word,
      abs(top) <= 256, bottom <= 4
    else { return nil }
    let size = max(base.numerator.limbCount, base.denominator.limbCount)
    guard size * abs(top) <= 4 * maximumLimbs || base.magnitude.isOne else { return nil }
    guard let value = try? base.power(top) else { return nil }
    return bottom == 1 ? value : root(value, bottom)
  }

  static func root(_ value: Rational, _ degree: Int) -> Rational? {
    guard degree > 0, degree <= 16, let top = root(value.numerator, degree),
      let bottom = root(value.denominator, degree)
    else { return nil }
    return Rational(Integer(top), Integer(bottom))
  }

  /// The whole root of a whole number that has one.
  private static func root(_ value: Integer, _ degree: Int) -> Int? {
    guard let word = value.word, word >= 0 || degree % 2 == 1, word != .min else { return nil }
    var (low, high) = (0, 1)
    func size(_ x: Int) -> Int? {
      var result = 1
      for _ in 0..<degree {
        let (product, overflows) = result.multipliedReportingOverflow(by: x)
        if overflows { return nil }
        result = product
      }
      return result
    }
    while let power = size(high), power < abs(word) { high *= 2 }
    while low <= high {
      let middle = low + (high - low) / 2
      guard let power = size(middle), power <= abs(word) else {
        high = middle - 1
        continue
      }
      if power == abs(word) { return word < 0 ? -middle : middle }
      low = middle + 1
    }
    return nil
  }

  static func factorial(_ value: Rational) -> Rational? {
    guard value.isInteger, let n = value.numerator.word, 0...60 ~= n else { return nil }
    return Rational((1...max(1, n)).reduce(Integer(1)) { $0 * Integer($1) })
  }

  static func binomial(_ n: Rational, _ k: Rational) -> Rational? {
    guard n.isInteger, k.isInteger, let n = n.numerator.word, let k = k.numerator.word,
      0...200 ~= n, 0...n ~= k
    else { return nil }
    var result = Rational(1)
    for step in 0..<min(k, n - k) {
      guard let factor = Rational(Integer(n - step), Integer(step + 1)) else { return nil }
      result = result * factor
    }
    return result
  }
}
