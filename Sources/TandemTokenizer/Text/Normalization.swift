internal import Foundation

/// Unicode normalisation form C, as the engine that models were trained behind does it.
///
/// That engine knows Unicode 9: scalars that came later are left where they are and combine with nothing.
enum Normalization {
  /// Whether bytes of well-formed UTF-8 are NFC for certain: no scalar in them composes, decomposes or reorders.
  static func isInert(_ text: Span<UInt8>) -> Bool {
    var index = 0
    let count = text.count
    while index < count {
      if text[index] < 0x80 {
        index &+= 1
        continue
      }
      let (value, length) = text.scalar(at: index)
      guard isInert(value) else { return false }
      index &+= length
    }
    return true
  }

  /// Whether a scalar is its own NFC, has combining class 0, and never composes with one before it.
  ///
  /// Covers common text, not every such scalar.
  static func isInert(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x300, 0x400...0x482, 0x48A...0x52F: true
    case 0x2010...0x2027, 0x2030...0x205E, 0x2070...0x20CF, 0x2100...0x2125: true
    case 0x2190...0x2328, 0x232B...0x2ADB: true
    case 0x3001...0x3029, 0x3030...0x3098, 0x309B...0x312F, 0x3400...0x9FFF, 0xAC00...0xD7A3: true
    case 0xFF01...0xFF9D, 0x1F000...0x1FAFF: true
    default: false
    }
  }

  /// The NFC of a text.
  static func compose(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { !standsAlone($0) && tibetanParts($0) == nil }
    if isPlain { return text.precomposedStringWithCanonicalMapping }
    var result = String.UnicodeScalarView()
    var run = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if standsAlone(scalar) {
        result += String(run).precomposedStringWithCanonicalMapping.unicodeScalars
        result.append(scalar)
        run.removeAll(keepingCapacity: true)
      } else if let parts = tibetanParts(scalar) {
        run += parts.unicodeScalars
      } else {
        run.append(scalar)
      }
    }
    result += String(run).precomposedStringWithCanonicalMapping.unicodeScalars
    return String(result)
  }

  /// The decomposition of the three scalars of class 0 that decompose into marks of others.
  ///
  /// The standard library does not reorder marks beyond them.
  private static func tibetanParts(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0xF73: "\u{F71}\u{F72}"
    case 0xF75: "\u{F71}\u{F74}"
    case 0xF81: "\u{F71}\u{F80}"
    default: nil
    }
  }

  /// Whether a scalar is left as it is and combines with nothing on either side.
  ///
  /// True of all that came later than Unicode 9. Also of what lies beyond the first plane and has no part in any
  /// composition: the standard library composes by the lower 16 bits, and takes U+10050 for U+0050.
  private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    let properties = scalar.properties
    guard let age = properties.age, age.major <= 9 else { return true }
    switch scalar.value {
    case 0..<0x10000: return false
    case 0x11080...0x1193F, 0x1D100...0x1D1FF, 0x2F800...0x2FA1D: return false
    default: return properties.canonicalCombiningClass == .notReordered
    }
  }
}
