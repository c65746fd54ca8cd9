/// A number as written: its value and the digits shown.
struct Numeral: Sendable {
  var value: Rational
  /// Whether it has a decimal point or exponent.
  var isDecimal = false
  /// Digits after the point.
  var decimals = 0
  /// Digits from the first that is not 0; 0 for the number 0.
  var significantDigits = 0

  /// The bytes it was read from, without meaning for a computed value.
  var source = 0..<0

  /// Payloads from here on are small numbers that are not written in ASCII digits.
  static let plainPayload: UInt64 = 1 << 62
  /// Powers of ten in scientific notation.
  private static let largestExponent = 9_000

  init(_ value: Int) {
    self.value = Rational(value)
  }

  init(_ value: Rational) {
    self.value = value
  }

  /// Reads the bytes of a number token.
  init(_ token: Token, in bytes: [UInt8]) throws(Obstacle) {
    if token.payload >= Self.plainPayload {
      self.init(Rational(Int(token.payload - Self.plainPayload)))
      return
    }
    if token.payload > 0 {
      self.init(VulgarFraction(token.payload).value)
      return
    }
    try self.init(bytes, token.start, token.end)
    source = token.start..<token.end
  }

  private init(_ bytes: [UInt8], _ start: Int, _ end: Int) throws(Obstacle) {
    value = Rational(0)
    var small = 0
    var overflows = false
    var sawPoint = false
    var exponentStart = end
    scan: for index in start..<end {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39:
        if sawPoint { decimals += 1 }
        if significantDigits > 0 || byte != 0x30 { significantDigits += 1 }
        let (scaled, first) = small.multipliedReportingOverflow(by: 10)
        let (sum, second) = scaled.addingReportingOverflow(Int(byte) - 0x30)
        overflows = overflows || first || second
        small = sum
      case UInt8(ascii: "."): sawPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponentStart = index + 1
        break scan
      default: break
      }
    }
    isDecimal = sawPoint || exponentStart < end
    let digits =
      overflows ? try Integer(digits: bytes[start..<min(end, exponentStart)]) : Integer(small)
    var power = -decimals
    if exponentStart < end {
      var exponent = 0
      for byte in bytes[exponentStart..<end] {
        if let digit = Integer.digit(byte) { exponent = min(exponent * 10 + digit, 100_000) }
      }
      guard exponent <= Self.largestExponent else { throw .limit(.digits) }
      power += bytes[exponentStart] == UInt8(ascii: "-") ? -exponent : exponent
    }
    value =
      power == 0 ? Rational(digits) : Rational(digits) * (try Rational.powerOfTen(power))
  }

  /// The digits before and after the point and the digits that repeat for ever, put together.
  func repeating(_ digits: Integer, count: Int) throws(Obstacle) -> Numeral {
    let cycle = try Rational.powerOfTen(count) - Rational(1)
    let scale = try Rational.powerOfTen(decimals) * cycle
    guard let unit = scale.reciprocal else { throw .undefined }
    return Numeral(value + Rational(digits) * unit)
  }
}
