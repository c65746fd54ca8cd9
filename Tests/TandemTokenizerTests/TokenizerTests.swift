import Dispatch
import Foundation
import Synchronization
import TandemTestSupport
import Testing

@testable import TandemTokenizer

/// Properties of encoding and decoding on a small tokenizer and on the published ones.
@Suite struct TokenizerTests {
  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func decodingGivesTheComposedTextBack() throws {
    let tokenizer = try PublishedTokenizers.qwen3.get()
    var random = SplitMix(seed: 21)
    for _ in 0..<3_000 {
      let text = RandomText.text(length: 15, using: &random)
      let ids = tokenizer.encode(text)
      let bytes = tokenizer.decode(ids).utf8
      // Composition does not reach over an added token.
      let whole = tokenizer.encode(text, parseSpecial: false)
      #expect(tokenizer.decode(whole).utf8.elementsEqual(bytes), "seed 21")
      if !text.contains("<") {
        #expect(bytes.elementsEqual(Normalization.compose(text).utf8), "seed 21")
      }
    }
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func streamingGivesTheWholeText() throws {
    let tokenizer = try PublishedTokenizers.qwen2.get()
    var random = SplitMix(seed: 22)
    for _ in 0..<3_000 {
      let ids = (0..<12).map { _ in
        Int32.random(in: 0..<(Bool.random(using: &random) ? 256 : 151_665), using: &random)
      }
      var decoder = tokenizer.streamingDecoder()
      let text = ids.map { decoder.append($0) }.joined() + decoder.finish()
      #expect(text.utf8.elementsEqual(tokenizer.decode(ids).utf8), "seed 22: \(ids)")
    }
    var decoder = tokenizer.streamingDecoder()
    let abacus = tokenizer.encode("\u{1F9EE}")
    let parts = abacus.map { decoder.append($0) }
    #expect(parts.count > 1 && parts.dropLast().allSatisfy(\.isEmpty))
    #expect(parts.last == "\u{1F9EE}")
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func threadsShareATokenizer() throws {
    let tokenizer = try PublishedTokenizers.qwen2.get()
    var random = SplitMix(seed: 23)
    let texts = (0..<400).map { _ in RandomText.text(length: 10, using: &random) }
    let expected = texts.map { tokenizer.encode($0) }
    let wrong = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for (text, ids) in zip(texts, expected) where tokenizer.encode(text) != ids {
        wrong.add(1, ordering: .relaxed)
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func longPieces() throws {
    let tokenizer = try PublishedTokenizers.qwen2.get()
    for text in ["a", " ", "\n", "!", "é", "\u{301}", "日"] {
      let long = String(repeating: text, count: 30_000)
      #expect(tokenizer.decode(tokenizer.encode(long)).utf8.count == long.utf8.count)
    }
  }

  @Test func wordsSplitAtWhiteSpace() throws {
    let folder = try WorkFolder()
    let path = try folder.write(
      #"""
      {"model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "two": 1, "plus": 2, "2": 3}, "unk_token": "[UNK]"},
       "pre_tokenizer": {"type": "WhitespaceSplit"}, "normalizer": null, "decoder": null,
       "added_tokens": [{"id": 4, "content": "[END]", "special": true}]}
      """#, to: "tokenizer.json")
    let tokenizer = try Tokenizer(file: path)
    #expect(tokenizer.encode(" two plus\u{3000}2\ttwo, [END]") == [1, 2, 3, 0, 4])
    #expect(tokenizer.encode("").isEmpty)
    #expect(tokenizer.decode([1, 2, 3, 4]) == "two plus 2 [END]")
    #expect(tokenizer.decode([4, 1, 9, 2], skipSpecialTokens: true) == "two plus")
    var decoder = tokenizer.streamingDecoder()
    let streamed = [1, 2, 3].map { decoder.append($0) }.joined()
    #expect(streamed == "two plus 2")
  }
}
