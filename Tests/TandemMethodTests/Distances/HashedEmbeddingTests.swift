import Testing

@testable import TandemMethod

@Suite struct HashedEmbeddingTests {
  /// The test vectors that the authors of the hash publish.
  @Test func hashesAsPublished() {
    func hash(_ text: String) -> UInt64 {
      var hash = FNV1a()
      for byte in text.utf8 { hash.add(byte) }
      return hash.value
    }
    #expect(hash("") == 0xCBF2_9CE4_8422_2325)
    #expect(hash("a") == 0xAF63_DC4C_8601_EC8C)
    #expect(hash("foobar") == 0x8594_4171_F739_67E8)
  }

  /// "a b" has the grams a, b, "a b"; "a" has one of them: 1 / sqrt 3.
  @Test func countsRunsOfWords() {
    let (short, long) = (HashedEmbedding(of: "A"), HashedEmbedding(of: "a, b!"))
    #expect(long.places.count == 3)
    #expect(abs(short.cosine(long) - 1 / 3.0.squareRoot()) < 1e-15)
  }

  @Test func caseAndSignsDoNotMatter() {
    let a = HashedEmbedding(of: "The ANSWER is 4\u{E9}")
    #expect(a == HashedEmbedding(of: "the (answer) -- is: 4\u{C9}."))
    #expect(abs(a.cosine(a) - 1) < 1e-15)
  }

  @Test func isAUnitVector() {
    let text = "one two two three three three"
    let squares = HashedEmbedding(of: text).values.map { $0 * $0 }
    #expect(abs(squares.reduce(0, +) - 1) < 1e-12)
  }

  @Test func textsWithoutWordsAreAlikeAndUnlikeAllOthers() {
    let (empty, signs) = (HashedEmbedding(of: ""), HashedEmbedding(of: "?! -- \u{1F600}"))
    #expect(empty.cosine(signs) == 1)
    #expect(empty.cosine(HashedEmbedding(of: "a")) == 0)
  }
}
