internal import Glibc

/// A complex number in double precision with a bound on its absolute error.
///
/// The bound grows with each operation by the operands' bounds and a rounding of the result, to
/// first order; it decides when two values that agree in their digits may be called equal.
struct Approximation: Sendable {
  var re: Double
  var im: Double
  var error: Double

  private static let rounding = 0x1p-51

  init(_ re: Double, _ im: Double = 0, error: Double = 0) {
    self.re = re
    self.im = im
    self.error = error + Self.rounding * (abs(re) + abs(im))
  }

  var isFinite: Bool { re.isFinite && im.isFinite && error.isFinite }
  var size: Double { hypot(re, im) }
  var isReal: Bool { abs(im) <= error }

  static prefix func - (a: Approximation) -> Approximation {
    Approximation(-a.re, -a.im, error: a.error)
  }

  static func + (a: Approximation, b: Approximation) -> Approximation {
    Approximation(a.re + b.re, a.im + b.im, error: a.error + b.error)
  }

  static func * (a: Approximation, b: Approximation) -> Approximation {
    Approximation(
      a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re,
      error: a.error * b.size + b.error * a.size + a.error * b.error
        + rounding * a.size * b.size)
  }

  static func / (a: Approximation, b: Approximation) -> Approximation? {
    let size = b.size
    guard size > b.error * 4, size > 0 else { return nil }
    let square = size * size
    return Approximation(
      (a.re * b.re + a.im * b.im) / square, (a.im * b.re - a.re * b.im) / square,
      error: a.error / size + b.error * a.size / square + rounding * a.size / size)
  }

  /// The natural logarithm on the principal branch; nil at 0.
  var logarithm: Approximation? {
    let size = self.size
    guard size > error * 4, size > 0 else { return nil }
    return Approximation(log(size), atan2(im, re), error: error / size)
  }

  var exponential: Approximation {
    let scale = exp(re)
    return Approximation(scale * cos(im), scale * sin(im), error: scale * (error + Self.rounding))
  }

  /// A function of a real number with its derivative's size for the error.
  func map(_ value: Double, slope: Double) -> Approximation? {
    value.isFinite ? Approximation(value, error: error * max(1, abs(slope))) : nil
  }

  /// Whether two agree within their errors; nil when these are not small beside the values.
  static func agree(_ a: Approximation, _ b: Approximation) -> Bool? {
    guard a.isFinite, b.isFinite else { return nil }
    let bound = 4 * (a.error + b.error)
    if hypot(a.re - b.re, a.im - b.im) > bound { return false }
    return bound <= 1e-7 * max(a.size, b.size, 1e-3) ? true : nil
  }
}
