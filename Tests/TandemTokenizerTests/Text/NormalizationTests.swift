import Foundation
import Testing

@testable import TandemTokenizer

@Suite struct NormalizationTests {
  /// The fast path must hold no scalar that can change, by the Unicode properties themselves.
  @Test func inertScalarsDoNotChange() {
    var composers: Set<UInt32> = []
    for value in 0..<UInt32(0x30000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      let parts = Array(text.decomposedStringWithCanonicalMapping.unicodeScalars)
      if parts.count > 1 { composers.formUnion(parts.dropFirst().map(\.value)) }
    }
    for value in 0..<UInt32(0x30000) where Normalization.isInert(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let composed = String(Character(scalar)).precomposedStringWithCanonicalMapping
      #expect(Array(composed.unicodeScalars) == [scalar], "U+\(String(value, radix: 16))")
      #expect(scalar.properties.canonicalCombiningClass == .notReordered)
      #expect(!composers.contains(value), "U+\(String(value, radix: 16))")
    }
  }

  @Test func knownCompositions() {
    func scalars(_ text: String) -> [UInt32] {
      Normalization.compose(text).unicodeScalars.map(\.value)
    }
    #expect(scalars("e\u{301}") == [0xE9])
    #expect(scalars("q\u{307}\u{323}") == [0x71, 0x323, 0x307])
    #expect(scalars("\u{212B}\u{2126}") == [0xC5, 0x3A9])
    #expect(scalars("\u{1100}\u{1161}\u{11A8}") == [0xAC01])
    #expect(scalars("\u{10050}\u{307}\u{323}") == [0x10050, 0x323, 0x307])
    #expect(scalars("e\u{F73}\u{323}") == [0x1EB9, 0xF71, 0xF72])
    #expect(scalars("e\u{10301}") == [0x65, 0x10301])
    #expect(scalars("\u{11099}\u{110BA}") == [0x1109A])
    #expect(scalars("\u{C0062}\u{307}\u{323}") == [0xC0062, 0x323, 0x307])
    // Later than Unicode 9: stays where it is.
    #expect(scalars("a\u{8D3}\u{323}") == [0x61, 0x8D3, 0x323])
  }
}
