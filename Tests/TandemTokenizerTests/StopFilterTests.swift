import TandemTokenizer
import Testing

struct StopFilterTests {
  /// What comes through when a text arrives in pieces, and whether it was stopped.
  private static func filtered(_ pieces: [String], _ stops: [String]) -> (String, Bool) {
    var filter = StopFilter(stops)
    let text = pieces.map { filter.append($0) }.joined() + filter.finish()
    return (text, filter.isStopped)
  }

  @Test func theFirstStopEndsTheText() {
    #expect(Self.filtered(["one two three"], ["two", "one two three"]) == ("", true))
    #expect(Self.filtered(["one two three"], ["three", "two"]) == ("one ", true))
    #expect(Self.filtered(["one two"], ["three"]) == ("one two", false))
    #expect(Self.filtered(["one"], []) == ("one", false))
    #expect(Self.filtered(["one"], [""]) == ("one", false))
  }

  @Test func piecesDoNotMatter() {
    let text = "aab aaab é\u{1F600}</s> aaaab stop"
    for stops in [
      ["aaab"], ["</s>", "</t>"], ["é\u{1F600}<"], ["stop"], ["aaaaab"], ["b s", "stopp"],
    ] {
      let whole = Self.filtered([text], stops)
      let scalars = text.unicodeScalars.map(String.init)
      #expect(Self.filtered(scalars, stops) == whole, "\(stops)")
      for size in 2...7 {
        let pieces = stride(from: 0, to: scalars.count, by: size).map {
          scalars[$0..<min($0 + size, scalars.count)].joined()
        }
        #expect(Self.filtered(pieces, stops) == whole, "\(stops) in pieces of \(size)")
      }
    }
  }

  @Test func onlyWhatCouldBecomeAStopIsHeld() {
    var filter = StopFilter(["###", "#x"])
    #expect(filter.append("a##") == "a")
    #expect(filter.append("b") == "##b")
    #expect(filter.append("#") == "")
    #expect(filter.append("x") == "" && filter.isStopped)
    #expect(filter.append("more") == "" && filter.finish() == "")
  }
}
