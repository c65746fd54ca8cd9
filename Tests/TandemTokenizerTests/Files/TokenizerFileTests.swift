import Foundation
import TandemTestSupport
import Testing

@testable import TandemTokenizer

/// What files may say, and what they are told when they say something else.
@Suite struct TokenizerFileTests {
  /// Letters a, b, c, space and their merges; `Ġ` spells the space.
  private static let vocabulary = #"{"a":0,"b":1,"c":2,"Ġ":3,"ab":4,"abc":5,"Ġa":6}"#
  private static let merges = #"[["a","b"],["ab","c"],["Ġ","a"]]"#
  private static let byteLevel = #"{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}"#

  private static func file(
    model: String? = nil, type: String = "BPE", vocabulary: String = vocabulary,
    merges: String = merges, options: String = "", preTokenizer: String = byteLevel,
    rest: String = ""
  ) -> String {
    let model =
      model ?? """
        {"type":"\(type)","vocab":\(vocabulary),"merges":\(merges)\(options)}
        """
    return """
      {"model":\(model),"pre_tokenizer":\(preTokenizer),"decoder":{"type":"ByteLevel"}\(rest)}
      """
  }

  private func read(_ text: String) throws -> Tokenizer {
    let folder = try WorkFolder()
    return try Tokenizer(file: folder.write(text, to: "tokenizer.json"))
  }

  private func message(_ text: String) throws -> String {
    do {
      _ = try read(text)
      return "was read"
    } catch let error as TokenizerError {
      #expect(!error.description.contains("\n"))
      return error.message
    }
  }

  @Test func bothFormsOfMerges() throws {
    let pairs = try read(Self.file())
    let strings = try read(Self.file(merges: #"["a b","ab c","Ġ a"]"#))
    for text in ["abcab", " abc", "cba a"] {
      #expect(pairs.encode(text) == strings.encode(text))
    }
    // `Ġ a` has the highest rank, so `a b` comes first.
    #expect(pairs.encode(" abc") == [3, 5])
    #expect(pairs.encode(" a") == [6])
  }

  @Test func wholePiecesComeBeforeMerges() throws {
    let merges = #"[["b","c"]]"#
    let vocabulary = #"{"a":0,"b":1,"c":2,"bc":3,"abc":4}"#
    let plain = try read(Self.file(vocabulary: vocabulary, merges: merges))
    let whole = try read(
      Self.file(vocabulary: vocabulary, merges: merges, options: #","ignore_merges":true"#))
    #expect(plain.encode("abc") == [0, 3])
    #expect(whole.encode("abc") == [4])
  }

  @Test func prefixSpaceAndOwnPattern() throws {
    let prefixed = try read(
      Self.file(preTokenizer: #"{"type":"ByteLevel","add_prefix_space":true,"use_regex":true}"#))
    #expect(prefixed.encode("ab c") == [3, 4, 3, 2])
    #expect(prefixed.encode("").isEmpty)
    let split = try read(
      Self.file(
        preTokenizer: """
          {"type":"Sequence","pretokenizers":[
          {"type":"Split","pattern":{"String":"b"},"behavior":"Isolated","invert":false},\(Self.byteLevel)]}
          """))
    #expect(split.encode("abc") == [0, 1, 2])
  }

  @Test func bytesWithoutTokensAreTheUnknownTokenOrNothing() throws {
    #expect(try read(Self.file()).encode("axb") == [4])
    #expect(try read(Self.file(options: #","unk_token":"c""#)).encode("axb") == [0, 2, 1])
  }

  @Test func templates() throws {
    let tokenizer = try read(
      Self.file(
        rest: """
          ,"added_tokens":[{"id":9,"content":"<s>","special":true}],"post_processor":{"type":"Sequence",
          "processors":[{"type":"ByteLevel"},{"type":"TemplateProcessing","single":[
          {"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[],
          "special_tokens":{"<s>":{"id":"<s>","ids":[9],"tokens":["<s>"]}}}]}
          """))
    #expect(tokenizer.encode("ab", addSpecialTokens: true) == [9, 4])
    #expect(tokenizer.encode("ab<s>") == [4, 9])
    #expect(tokenizer.vocabularySize == 10 && tokenizer.specialTokens == [9: "<s>"])
  }

  @Test func mergesFilesWithAndWithoutAVersion() throws {
    for first in ["", "#version: 0.2\n"] {
      let folder = try WorkFolder()
      _ = try folder.write(Self.vocabulary, to: "vocab.json")
      _ = try folder.write(first + "a b\nab c\r\nĠ a\n", to: "merges.txt")
      _ = try folder.write(
        #"""
        {"eos_token":{"content":"<e>"},"added_tokens_decoder":{"7":{"content":"<e>","special":true}}}
        """#, to: "tokenizer_config.json")
      let tokenizer = try Tokenizer(folder: folder.path)
      #expect(tokenizer.encode("abc a<e>") == [5, 6, 7])
      #expect(tokenizer.eosID == 7)
    }
  }

  @Test func whatIsNotSupportedIsNamed() throws {
    #expect(try message(Self.file(type: "Unigram")).contains("model Unigram"))
    #expect(
      try message(Self.file(rest: #","normalizer":{"type":"Lowercase"}"#))
        .contains("normalizer Lowercase"))
    #expect(
      try message(Self.file(preTokenizer: #"{"type":"Metaspace"}"#))
        .contains("pre-tokenizer Metaspace"))
    #expect(try message(Self.file(preTokenizer: "null")).contains("behind ByteLevel"))
    #expect(
      try message(Self.file(rest: #","post_processor":{"type":"BertProcessing"}"#))
        .contains("post-processor BertProcessing"))
    #expect(try message(Self.file(options: #","byte_fallback":true"#)).contains("byte_fallback"))
    #expect(try message(Self.file(options: #","dropout":0.1"#)).contains("dropout"))
  }

  @Test func whatIsWrongIsNamed() throws {
    #expect(try message("") != "was read")
    #expect(try message("[]").contains("not a JSON object"))
    #expect(try message("{}").contains("no vocabulary"))
    #expect(try message(Self.file(vocabulary: #"{"a":"b"}"#)).contains("no whole number"))
    #expect(try message(Self.file(vocabulary: #"{"a":0,"b":0}"#)).contains("id 0"))
    #expect(try message(Self.file(vocabulary: #"{"a":2147483647}"#)).contains("too large"))
    #expect(try message(Self.file(merges: #"[["a"]]"#)).contains("merge 1"))
    #expect(try message(Self.file(merges: #"["a b","b b"]"#)).contains("merge 2"))
    #expect(try message(Self.file(merges: "7")).contains("no merges"))
    #expect(
      try message(Self.file(rest: #","added_tokens":[{"id":0,"content":"x"}]"#))
        .contains("the id of another"))
    #expect(
      throws: TokenizerError("/nowhere", "does not exist"),
      performing: {
        try Tokenizer(file: "/nowhere")
      })
  }

  /// Cut anywhere, or with bytes changed: read, or one line.
  @Test func damagedFilesNeverCrash() throws {
    let whole = Array(
      Self.file(
        options: #","unk_token":"c","ignore_merges":true"#,
        rest:
          #","added_tokens":[{"id":9,"content":"<s>","special":true,"lstrip":true}],"normalizer":{"type":"NFC"}"#
      ).utf8)
    let folder = try WorkFolder()
    for seed in 1...UInt64(1_500) {
      var random = SplitMix(seed: seed)
      var bytes = whole
      if seed % 3 == 0 {
        bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
      } else {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let place = Int.random(in: bytes.indices, using: &random)
          bytes[place] =
            Array("0-9e\"[]{},:abĠ\u{0}".utf8).randomElement(using: &random) ?? 0
        }
      }
      let path = try folder.write(Data(bytes), to: "tokenizer.json")
      do throws(TokenizerError) {
        let tokenizer = try Tokenizer(file: path)
        let ids = tokenizer.encode("ab <s> cab\u{301}", addSpecialTokens: true)
        _ = tokenizer.decode(ids + [-1, .max, .min])
      } catch {
        #expect(!error.description.contains("\n"), "seed \(seed)")
      }
    }
  }
}
