import TandemTestSupport
import TandemTokenizer
import Testing

@testable import TandemRollouts

@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct StopScannerTests {
  /// The text before the first occurrence, by Foundation-free brute force over characters.
  static func front(of mark: String, in text: String) -> String {
    let (characters, mark) = (Array(text), Array(mark))
    for start in characters.indices
    where characters[start...].prefix(mark.count).elementsEqual(mark) {
      return String(characters[..<start])
    }
    return text
  }

  @Test(arguments: [
    ("so we get </answer> and on", ["</answer>"]), ("aaaab", ["aab"]), ("abcabd", ["abd"]),
    ("one\n\ntwo", ["\n\n"]), ("größer als ∑", ["ß", "∑"]), ("xyz", ["z", "yz"]),
  ]) func aTextIsStoppedAtItsFirstMark(_ text: String, _ stops: [String]) throws {
    let tokenizer = try Tokenizer(folder: EmbeddedEngineTests.qwen + "/model")
    let ids = tokenizer.encode(text)
    var scanner = StopScanner(stops, tokenizer: tokenizer)
    let count = ids.firstIndex { scanner.append($0) }
    let expected = ids.indices.first { index in
      let text = tokenizer.decode(Array(ids[...index]))
      return stops.contains { text.contains($0) }
    }
    #expect(count == expected && count != nil)
    let fronts = stops.map { Self.front(of: $0, in: text) }
    #expect(StopScanner.cut(text, at: stops) == fronts.min { $0.count < $1.count })
  }

  @Test func withoutAMarkNothingIsCut() throws {
    let tokenizer = try Tokenizer(folder: EmbeddedEngineTests.qwen + "/model")
    var scanner = StopScanner(["aab"], tokenizer: tokenizer)
    #expect(!tokenizer.encode("aba aba a").contains { scanner.append($0) })
    #expect(StopScanner.cut("aba", at: ["aab"]) == "aba")
  }
}
