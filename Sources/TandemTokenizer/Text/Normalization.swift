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
    if !text.unicodeScalars.contains(where: standsAlone) {
      return text.precomposedStringWithCanonicalMapping
    }
    var result = ""
    var run = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if standsAlone(scalar) {
        result.unicodeScalars += String(run).precomposedStringWithCanonicalMapping.unicodeScalars
        result.unicodeScalars.append(scalar)
        run.removeAll(keepingCapacity: true)
      } else {
        run.append(scalar)
      }
    }
    result.unicodeScalars += String(run).precomposedStringWithCanonicalMapping.unicodeScalars
    return result
  }

  /// Whether a scalar is left as it is, and so is what stands on either side.
  ///
  /// True of all that came later than Unicode 9. Also of planes 2 and up but for the compatibility ideographs:
  /// nothing else decomposes there, and the standard library takes U+C0062 for U+0062 when it composes.
  private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x300: false
    case 0x2F800...0x2FA1D: false
    case 0x20000...: true
    default: (scalar.properties.age?.major ?? .max) > 9
    }
  }
}
