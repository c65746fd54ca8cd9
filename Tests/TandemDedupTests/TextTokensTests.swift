import Testing

@testable import TandemDedup

@Suite struct TextTokensTests {
  private func words(_ text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    return TextTokens(text).words.map {
      String(String.UnicodeScalarView(scalars[$0.start..<$0.end]))
    }
  }

  private func isSame(_ a: String, _ b: String) -> Bool {
    TextDigest(TextTokens(a), of: a) == TextDigest(TextTokens(b), of: b)
  }

  @Test func findsWordsInAnyScript() {
    #expect(
      words("Don't sum 3x+10, naïve Αλφα 東京!") == [
        "Don", "t", "sum", "3x", "10", "naïve", "Αλφα", "東京",
      ])
    #expect(
      words(#"$\frac{m}{n}$ \begin{cases}a\end{cases} \text{cm} \\ b"#) == [
        "m", "n", "a", "cm", "b",
      ])
    #expect(words("") == [] && words("\\") == [] && words("\\begin") == [])
  }

  @Test(arguments: [
    ("What is 3 + 4?", "what  is $3+4$"), ("x \u{2212} 1", "x - 1"),
    (#"$\left(\dfrac{1}2\right)$"#, #"\(\left(\frac{1}{2}\right)\)"#), ("ÄPFEL", "äpfel"),
    (#"$a \leq b \cdot c$"#, "a ≤ b ⋅ c"), ("one-third, or so", "One third or so"),
  ])
  func takesAsTheSame(_ a: String, _ b: String) {
    #expect(isSame(a, b) && TextTokens(a).figures == TextTokens(b).figures)
  }

  @Test(arguments: [
    ("3 + 4", "3 - 4"), ("x < 5", "x > 5"), ("(a + b)^2", "a + b^2"), ("1/2", "1 2"),
    (#"a \le b"#, #"a \ge b"#), ("???", "!!!"), ("5 apples", "6 apples"),
  ])
  func takesAsDifferent(_ a: String, _ b: String) {
    #expect(!isSame(a, b))
  }

  @Test(arguments: [
    ("1,080 and 2", "2 and 1080"), ("1{,}080", "1080"), (#"1,\!080,\!000"#, "1080000"),
    ("2.50", "2.5"), ("007", "7"), ("٣", "3"), ("0.0", "0"),
  ])
  func readsNumbersInAnySpelling(_ a: String, _ b: String) {
    #expect(
      Numbers(Array(a.unicodeScalars)).hashes.sorted()
        == Numbers(Array(b.unicodeScalars)).hashes.sorted())
  }

  @Test(arguments: [("1,2", "12"), ("1,0801", "10801"), ("10", "1"), ("1.5", "15"), ("2 2", "2")])
  func keepsNumbersApart(_ a: String, _ b: String) {
    #expect(
      Numbers(Array(a.unicodeScalars)).hashes.sorted()
        != Numbers(Array(b.unicodeScalars)).hashes.sorted())
  }
}
