/// A number that a text states, in whatever spelling.
struct Mention {
  /// The tokens it is read from.
  var tokens: Range<Int>
  /// The reduced fraction; a denominator of 0 says that the digits are more than a word holds, and
  /// the numerator is a digest of them.
  var numerator: Int
  var denominator: Int
  /// Whether a percent sign or word follows, which is part of `tokens`.
  var isPercent = false
  /// Significant digits of a decimal; 0 for other forms.
  var digits = 0
  /// Whether a sign before it was taken in.
  var isSigned = false
  /// Whether it counts as a value of the text, not as an index, a label and the like.
  var isValue = true
  /// Whether it is written in one plain numeral.
  var isPlain = false

  /// The value in double precision; nil when it is beyond a word.
  var double: Double? {
    denominator == 0 ? nil : Double(numerator) / Double(denominator)
  }

  /// The exact value; nil when it is beyond a word.
  var rational: Rational? {
    denominator == 0 ? nil : Rational(Integer(numerator), Integer(denominator))
  }

  mutating func negate() {
    numerator = 0 &- numerator
    isSigned = true
  }

  /// Multiplies; false when a word does not hold the result.
  mutating func multiply(_ factor: Int) -> Bool {
    let (product, overflows) = numerator.multipliedReportingOverflow(by: factor)
    guard !overflows, denominator != 0 else { return false }
    numerator = product
    reduce()
    return true
  }

  mutating func divide(_ divisor: Int) -> Bool {
    let (product, overflows) = denominator.multipliedReportingOverflow(by: divisor)
    guard !overflows, product > 0 else { return false }
    denominator = product
    reduce()
    return true
  }

  mutating func add(_ top: Int, _ bottom: Int) -> Bool {
    let (p, first) = numerator.multipliedReportingOverflow(by: bottom)
    let (q, second) = top.multipliedReportingOverflow(by: denominator)
    let (sum, third) = p.addingReportingOverflow(q)
    let (product, fourth) = denominator.multipliedReportingOverflow(by: bottom)
    guard !first, !second, !third, !fourth, product > 0 else { return false }
    (numerator, denominator) = (sum, product)
    reduce()
    return true
  }

  private mutating func reduce() {
    guard denominator > 1, numerator != .min else { return }
    var (a, b) = (abs(numerator), denominator)
    while b != 0 { (a, b) = (b, a % b) }
    if a > 1 {
      numerator /= a
      denominator /= a
    }
  }

  /// A whole number of plain digits.
  init(plain value: Int, token: Int) {
    tokens = token..<(token + 1)
    numerator = value
    denominator = 1
    isPlain = true
  }

  /// Reads the digits of a numeral, without a sign.
  init(_ bytes: [UInt8], _ range: Range<Int>, token: Int, repeats: Bool) {
    var value = 0
    var decimals = 0
    var count = 0
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    var hasPoint = false
    var exponent = 0
    var hasExponent = false
    var isSmall = false
    var cycle = 0
    var inCycle = false
    for index in range {
      let byte = bytes[index]
      if byte &- 0x30 < 10 {
        let digit = Int(byte &- 0x30)
        if hasExponent {
          exponent = min(exponent * 10 + digit, 1_000)
        } else {
          if count > 0 || digit > 0 {
            count += 1
            digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
          }
          if hasPoint { decimals += 1 }
          if inCycle { cycle += 1 }
          value = count <= 18 ? value * 10 + digit : value
        }
      } else if byte == UInt8(ascii: ".") {
        hasPoint = true
      } else if repeats, byte == UInt8(ascii: "{") {
        inCycle = true
        if !hasPoint { hasPoint = true }
      } else if byte | 0x20 == UInt8(ascii: "e"), !repeats {
        hasExponent = true
      } else if byte == UInt8(ascii: "-") {
        isSmall = true
      }
    }
    tokens = token..<(token + 1)
    isPlain = true
    digits = hasPoint ? count : 0
    numerator = value
    denominator = 1
    let power = (isSmall ? -exponent : exponent) - decimals
    guard count <= 18, abs(power) <= 18 else {
      numerator = Int(truncatingIfNeeded: digest >> 2)
      denominator = 0
      return
    }
    var scale = 1
    for _ in 0..<abs(power) { scale *= 10 }
    if repeats, cycle > 0, cycle <= 9, decimals <= 9 {
      // 0.1666... = (16 - 1) / 90 with the cycle of one digit.
      var nines = 1
      for _ in 0..<cycle { nines *= 10 }
      let fixed = value / nines
      numerator = value - fixed
      denominator = scale / nines * (nines - 1)
      digits = 0
      reduce()
      return
    }
    let fits = power >= 0 ? multiply(scale) : divide(scale)
    if !fits {
      numerator = Int(truncatingIfNeeded: digest >> 2)
      denominator = 0
    }
  }

  /// The total of a quantity in several units; nil when it is beyond a word.
  init?(_ whole: CompoundQuantity) {
    guard let numerator = whole.value.numerator.word,
      let denominator = whole.value.denominator.word
    else { return nil }
    self.init(whole.tokens, numerator, denominator)
  }

  /// A value that is made of others.
  init(_ tokens: Range<Int>, _ numerator: Int, _ denominator: Int = 1) {
    self.tokens = tokens
    self.numerator = numerator
    self.denominator = max(1, denominator)
    reduce()
  }
}
