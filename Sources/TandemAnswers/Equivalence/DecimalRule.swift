/// When a decimal is right for an exact value.
///
/// With at least 7 correct significant digits, or as the value rounded to what the question asks;
/// never from a relative error of 1e-4; between the two when it is the value correctly rounded to
/// the digits shown, at least 5 of them.
enum DecimalRule {
  private static let largestError = 1e-4
  private static let fewestDigits = 5

  /// Judges a decimal.
  ///
  /// - Parameters:
  ///   - value: the exact value in double precision
  ///   - exact: the exact value, when it is rational
  ///   - decimals: digits after the point that the question asks for
  static func accepts(
    _ numeral: Numeral, for value: Double, exact: Rational?, decimals: Int?
  ) -> Bool {
    let shown = numeral.value.double
    guard shown.isFinite, value.isFinite else { return false }
    if let decimals, isRounded(numeral.value, value, exact, decimals: decimals) { return true }
    guard value != 0, numeral.isDecimal else { return false }
    // Whole numbers are compared exactly, whatever their size.
    if let exact, exact.isInteger, numeral.value.isInteger { return false }
    let error = exact.map { ($0 - numeral.value).magnitude.double } ?? abs(shown - value)
    if let exact, exact.isInteger, error > 1e-3 { return false }
    let relative = error / abs(value)
    if relative >= largestError { return false }
    if error <= 0.5 * unitInSeventhDigit(of: value) { return true }
    return numeral.significantDigits >= fewestDigits
      && isRounded(numeral.value, value, exact, decimals: numeral.decimals)
  }

  /// Whether a number of at least three significant digits is a value rounded or cut off there.
  static func isShortened(_ numeral: Numeral, from value: Double, exact: Rational?) -> Bool {
    guard numeral.significantDigits >= 3 || !numeral.isDecimal, numeral.decimals <= 30,
      let step = try? Rational.powerOfTen(-numeral.decimals)
    else { return false }
    if let exact { return (exact - numeral.value).magnitude < step }
    return abs(numeral.value.double - value) < step.double
  }

  /// The place value of the seventh significant digit.
  private static func unitInSeventhDigit(of value: Double) -> Double {
    var unit = 1e-6
    var size = abs(value)
    while size >= 10 && size.isFinite {
      size /= 10
      unit *= 10
    }
    while size < 1 && size > 0 {
      size *= 10
      unit /= 10
    }
    return unit
  }

  private static func isRounded(
    _ shown: Rational, _ value: Double, _ exact: Rational?, decimals: Int
  ) -> Bool {
    guard abs(decimals) <= 30, let step = try? Rational.powerOfTen(-decimals) else { return false }
    if let exact { return exact.rounded(toMultipleOf: step) == shown }
    guard shown.rounded(toMultipleOf: step) == shown else { return false }
    return abs(shown.double - value) <= 0.5 * step.double * (1 + 1e-9)
  }
}
