/// A fraction that is one character, such as ½ or ⅚.
struct VulgarFraction {
  let numerator: Int
  let denominator: Int

  /// The fraction of a character of the blocks Latin-1 (¼ to ¾) and Number Forms (⅓ to ⅞).
  init(_ scalar: UInt64) {
    (numerator, denominator) =
      switch scalar {
      case 0xBC: (1, 4)
      case 0xBD: (1, 2)
      case 0xBE: (3, 4)
      case 0x2153: (1, 3)
      case 0x2154: (2, 3)
      case 0x2155...0x2158: (Int(scalar) - 0x2154, 5)
      case 0x2159: (1, 6)
      case 0x215A: (5, 6)
      case 0x215B: (1, 8)
      case 0x215C: (3, 8)
      case 0x215D: (5, 8)
      default: (7, 8)
      }
  }

  var value: Rational {
    Rational(Integer(numerator), Integer(denominator)) ?? Rational(0)
  }
}
