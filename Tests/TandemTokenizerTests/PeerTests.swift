import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemTokenizer

/// Token for token beside the Python package `tokenizers`.
@Suite(
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)),
  .enabled(if: Peer.isPresent, Peer.absence))
struct PeerTests {
  private static let qwen2 = PublishedTokenizers.folder + "/qwen2/tokenizer.json"
  private static let qwen3 = PublishedTokenizers.folder + "/qwen3/tokenizer.json"
  private static let llama = PublishedTokenizers.fixtures + "/llama-untied-f32/model/tokenizer.json"

  private func compare(_ texts: [String], _ tokenizer: Tokenizer, _ path: String) throws {
    let expected = try Peer.encode(texts, tokenizer: path)
    try #require(expected.count == texts.count)
    var wrong: [Int] = []
    for (index, text) in texts.enumerated() where tokenizer.encode(text) != expected[index] {
      wrong.append(index)
    }
    let first = wrong.first.map { texts[$0].unicodeScalars.map { String($0.value, radix: 16) } }
    #expect(wrong.isEmpty, "\(wrong.count) of \(texts.count), first \(first ?? [])")
  }

  private static func random(_ count: Int, seed: UInt64) -> [String] {
    var random = SplitMix(seed: seed)
    return (0..<count).map { _ in RandomText.text(length: 12, using: &random) }
  }

  @Test func publishedTexts() throws {
    let texts = try PublishedTexts.all.get()
    #expect(texts.count > 60_000)
    try compare(texts, PublishedTokenizers.qwen2.get(), Self.qwen2)
  }

  @Test func publishedTextsByQwen3() throws {
    let texts = Array(Set(try PublishedTexts.all.get())).sorted()
    try compare(texts, PublishedTokenizers.qwen3.get(), Self.qwen3)
  }

  @Test func randomTexts() throws {
    try compare(Self.random(100_000, seed: 1), PublishedTokenizers.qwen2.get(), Self.qwen2)
  }

  /// Where normalisation, the classes and the tokenizer's engine could differ, scalar by scalar.
  @Test func everyAssignedScalarBesideMarks() throws {
    let scalars = (UInt32(0x80)..<0x3_4000).compactMap(Unicode.Scalar.init)
      .filter { $0.properties.age != nil }
    let texts = stride(from: 0, to: scalars.count, by: 50).map { start in
      scalars[start..<min(start + 50, scalars.count)]
        .map { "e\($0)\u{307}\u{323}1\($0)a \($0) " }.joined()
    }
    try compare(texts, PublishedTokenizers.qwen2.get(), Self.qwen2)
  }

  @Test func randomTextsByQwen3() throws {
    try compare(Self.random(20_000, seed: 2), PublishedTokenizers.qwen3.get(), Self.qwen3)
  }

  @Test func randomTextsByLlama3() throws {
    try compare(Self.random(50_000, seed: 3), Tokenizer(file: Self.llama), Self.llama)
  }

  @Test func vocabularyAndMerges() throws {
    try compare(
      Self.random(20_000, seed: 4), PublishedTokenizers.files.get(),
      PublishedTokenizers.folder + "/qwen2")
  }

  @Test func randomIds() throws {
    let tokenizer = try PublishedTokenizers.qwen2.get()
    var random = SplitMix(seed: 5)
    let lists = (0..<20_000).map { _ in
      (0..<Int.random(in: 0...20, using: &random)).map { _ in
        // Every second one is among the bytes, so that broken UTF-8 abounds.
        Int32.random(in: 0..<(Bool.random(using: &random) ? 256 : 151_700), using: &random)
      }
    }
    let expected = try Peer.decode(lists, tokenizer: Self.qwen2)
    try #require(expected.count == lists.count)
    for (ids, text) in zip(lists, expected) {
      let decoded = tokenizer.decode(ids)
      #expect(decoded.utf8.elementsEqual(text.utf8), "seed 5, ids \(ids)")
    }
  }
}
