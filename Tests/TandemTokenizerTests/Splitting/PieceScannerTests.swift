import TandemTestSupport
import Testing

@testable import TandemTokenizer

/// The scanner beside PCRE2 on the same pattern.
@Suite struct PieceScannerTests {
  private static let llama3 = SplitPattern.qwen2.replacing(#"\p{N}| "#, with: #"\p{N}{1,3}| "#)

  private func scan(_ text: String, _ scanner: PieceScanner) -> [Int] {
    let bytes = Array(text.utf8)
    var ends: [Int] = []
    while let start = Optional(ends.last ?? 0), start < bytes.count {
      ends.append(
        scanner.end(
          ofPieceAt: start, in: bytes.span, until: bytes.count, classes: ScalarClasses.shared))
    }
    return ends
  }

  private func pieces(_ text: String) throws -> [String] {
    let scanner = try #require(PieceScanner(pattern: SplitPattern.qwen2))
    let bytes = Array(text.utf8)
    var start = 0
    return scan(text, scanner).map { end in
      defer { start = end }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }

  @Test func knownPieces() throws {
    #expect(try pieces("It's 42,") == ["It", "'s", " ", "4", "2", ","])
    #expect(try pieces("WE'LL  go!\r\n\n x") == ["WE", "'LL", " ", " go", "!\r\n\n", " x"])
    #expect(try pieces(" \n \n  a") == [" \n \n", " ", " a"])
    #expect(try pieces("end   ") == ["end", "   "])
    #expect(try pieces("$x") == ["$x"])
    #expect(try pieces("a\u{180E}b") == ["a", "\u{180E}b"])
  }

  @Test func numbersOfUpToThreeDigits() throws {
    let scanner = try #require(PieceScanner(pattern: Self.llama3))
    #expect(scan("1234567 89", scanner) == [3, 6, 7, 8, 10])
  }

  @Test func otherPatternsAreNotKnown() {
    #expect(PieceScanner(pattern: SplitPattern.gpt2) == nil)
    #expect(PieceScanner(pattern: SplitPattern.qwen2 + " ") == nil)
  }

  /// PCRE2 takes U+180E for white space, which left the property in Unicode 6.3, and may know other letters.
  private func isComparable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      guard scalar.value >= 0x80 else { return true }
      guard let age = scalar.properties.age, scalar != "\u{180E}" else { return false }
      return age.major <= 14
    }
  }

  @Test(arguments: [SplitPattern.qwen2, llama3])
  func randomTextsAsPCRE2(_ pattern: String) throws {
    let scanner = try #require(PieceScanner(pattern: pattern))
    let splitter = try #require(PatternSplitter(pattern))
    var random = SplitMix(seed: 11)
    var compared = 0
    for _ in 0..<20_000 {
      let text = RandomText.text(length: 10, using: &random)
      guard isComparable(text), !text.isEmpty else { continue }
      compared += 1
      let bytes = Array(text.utf8)
      #expect(
        scan(text, scanner) == splitter.ends(in: bytes.span), "seed 11: \(text.debugDescription)")
    }
    #expect(compared > 5_000)
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func publishedTextsAsPCRE2() throws {
    let scanner = try #require(PieceScanner(pattern: SplitPattern.qwen2))
    let splitter = try #require(PatternSplitter(SplitPattern.qwen2))
    var wrong = 0
    for text in Set(try PublishedTexts.all.get()) where !text.isEmpty {
      let bytes = Array(text.utf8)
      if scan(text, scanner) != splitter.ends(in: bytes.span) { wrong += 1 }
    }
    #expect(wrong == 0)
  }
}
