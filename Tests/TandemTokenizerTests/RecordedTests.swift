import Foundation
import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemTokenizer

/// Against ids that the Python package `tokenizers` gave, recorded in files.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct RecordedTests {
  private static func rows(_ path: String) throws -> [JSONObject] {
    try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A).map { line in
      try #require(JSONValue(parsing: Array(line)).object)
    }
  }

  private static func ids(_ value: JSONValue?) -> [Int32]? {
    value?.array?.compactMap { $0.int.map(Int32.init) }
  }

  @Test(arguments: ["qwen2", "qwen3", "files"])
  func vectors(_ name: String) throws {
    let tokenizer =
      switch name {
      case "qwen2": try PublishedTokenizers.qwen2.get()
      case "qwen3": try PublishedTokenizers.qwen3.get()
      default: try PublishedTokenizers.files.get()
      }
    let path =
      SharedData.package + "/Tests/TandemTokenizerTests/Vectors/published.jsonl"
    let rows = try Self.rows(path)
    #expect(rows.count > 150)
    for row in rows {
      let text = try #require(row["text"]?.string)
      // Without the added tokens, texts that spell one differ.
      if name == "files", text.contains("<") { continue }
      let ids = tokenizer.encode(text)
      #expect(ids == Self.ids(row[name] ?? row["qwen2"]), "\(text.debugDescription)")
      // The composed text comes back.
      #expect(tokenizer.decode(ids).utf8.elementsEqual(Normalization.compose(text).utf8))
    }
  }

  @Test(arguments: ["qwen2-tied-f32", "llama-untied-f32"])
  func fixtures(_ name: String) throws {
    let folder = PublishedTokenizers.fixtures + "/" + name
    let tokenizer = try Tokenizer(folder: folder + "/model")
    let content = try Data(contentsOf: URL(fileURLWithPath: folder + "/tokenizer_refs.json"))
    let root = try #require(JSONValue(parsing: [UInt8](content)).object)
    for row in root["encode"]?.array ?? [] {
      let text = try #require(row.object?["text"]?.string)
      let plain = try #require(Self.ids(row.object?["ids_without_template"]))
      #expect(tokenizer.encode(text) == plain)
      #expect(tokenizer.encode(text, addSpecialTokens: true) == Self.ids(row.object?["ids"]))
      #expect(tokenizer.decode(plain) == row.object?["decoded"]?.string)
      #expect(
        tokenizer.decode(plain, skipSpecialTokens: true)
          == row.object?["decoded_skipping_special"]?.string)
      #expect(tokenizer.count(text) == plain.count)
    }
    for row in root["decode_random_ids"]?.array ?? [] {
      let ids = try #require(Self.ids(row.object?["ids"]))
      #expect(tokenizer.decode(ids) == row.object?["decoded"]?.string)
    }
    #expect(tokenizer.id(of: "<|endoftext|>") == Int32(tokenizer.vocabularySize - 3))
  }

  @Test func whatTheFileSays() throws {
    let tokenizer = try PublishedTokenizers.qwen3.get()
    #expect(tokenizer.vocabularySize == 151_669)
    #expect(tokenizer.id(of: "<|im_end|>") == 151_645 && tokenizer.eosID == 151_645)
    #expect(tokenizer.token(of: 220) == "Ġ" && tokenizer.token(of: 151_668) == "</think>")
    #expect(tokenizer.token(of: -1) == nil && tokenizer.token(of: 151_669) == nil)
    #expect(tokenizer.specialTokens.count == 14 && tokenizer.specialTokens[151_668] == nil)
    #expect(tokenizer.decode([151_667, 9707, 151_645], skipSpecialTokens: true) == "<think>Hello")
  }
}
