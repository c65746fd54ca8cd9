/// What the split patterns ask about a scalar.
enum ScalarClass {
  /// None of the others.
  static let other: UInt8 = 0
  /// `\p{L}`.
  static let letter: UInt8 = 1
  /// `\p{N}`.
  static let number: UInt8 = 2
  /// `\s`, that is White_Space, but for the next.
  static let space: UInt8 = 3
  /// CR or LF.
  static let lineEnd: UInt8 = 4
}

/// The class of every scalar, as of Unicode 16.
///
/// Models were trained behind an engine with that version; scalars that came later are `other`.
struct ScalarClasses: Sendable {
  /// Built at first use, in about 20 ms.
  static let shared = ScalarClasses()

  /// One byte a scalar for planes 0 to 3; the planes above hold no letter, number or space.
  private let table: [UInt8]

  private init() {
    table = (0..<UInt32(0x40000)).map { value in
      Unicode.Scalar(value).map(Self.classify) ?? ScalarClass.other
    }
  }

  private static func classify(_ scalar: Unicode.Scalar) -> UInt8 {
    guard isKnown(scalar) else { return ScalarClass.other }
    if scalar == "\r" || scalar == "\n" { return ScalarClass.lineEnd }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return ScalarClass.letter
    case .decimalNumber, .letterNumber, .otherNumber: return ScalarClass.number
    default: return scalar.properties.isWhitespace ? ScalarClass.space : ScalarClass.other
    }
  }

  private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.age.map { $0.major <= 16 } ?? false
  }

  /// The class of the scalar with this value.
  @inline(__always)
  subscript(value: UInt32) -> UInt8 {
    value < 0x40000 ? table[Int(value)] : ScalarClass.other
  }

  /// Whether `\w` matches: alphabetic, a mark, a decimal number, a connector or a join control.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    guard isKnown(scalar) else { return false }
    let properties = scalar.properties
    if properties.isAlphabetic || properties.isJoinControl { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      return true
    default: return false
    }
  }

  /// Whether `\s` matches.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}
