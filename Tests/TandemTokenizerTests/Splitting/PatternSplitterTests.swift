import Testing

@testable import TandemTokenizer

@Suite struct PatternSplitterTests {
  private func ends(_ pattern: String, _ text: String) throws -> [Int] {
    let bytes = Array(text.utf8)
    return try #require(PatternSplitter(pattern)).ends(in: bytes.span)
  }

  @Test func betweenMatchesIsAPieceToo() throws {
    #expect(try ends("[0-9]+", "ab12c") == [2, 4, 5])
    #expect(try ends("x", "abc") == [3])
  }

  @Test func emptyMatchesCut() throws {
    #expect(try ends("(?=b)", "abab") == [1, 3, 4])
    #expect(try ends("(?=é)", "éaé") == [3, 5])
  }

  @Test func brokenPatternIsRefused() {
    #expect(PatternSplitter("(") == nil)
  }

  @Test func longRunsDoNotOverflow() throws {
    let text = String(repeating: "a", count: 200_000)
    #expect(try ends(#"(?:a|b)*"#, text).last == 200_000)
  }
}
