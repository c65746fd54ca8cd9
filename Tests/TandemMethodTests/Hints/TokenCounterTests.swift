import Testing

@testable import TandemMethod

@Suite struct TokenCounterTests {
  /// Counted by hand: a digit, a sign, a line end, six letters or the rest of a word; two for a character beyond ASCII.
  @Test(arguments: [
    ("", 0), ("   ", 0), ("egg", 1), ("eggshe", 1), ("eggshel", 2), ("multiplication", 3),
    ("12 eggs", 3), ("12-3=9.", 7), ("a\n\nb", 3), ("\u{E9}", 2), ("3 \u{D7} 4", 4),
    ("\u{1F600}", 2), ("$x_1$", 5),
  ]) func estimates(text: String, tokens: Int) {
    #expect(TokenCounter.estimate.count(text) == tokens)
    #expect(TokenCounter.estimate.isEstimate)
  }

  @Test func anExactCounterIsUsedAsItIs() {
    let counter = TokenCounter { $0.utf8.count }
    #expect(counter.count("abc") == 3 && !counter.isEstimate)
  }
}
