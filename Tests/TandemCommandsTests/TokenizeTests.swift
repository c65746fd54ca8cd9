import Foundation
import TandemTestSupport
import Testing

/// `tandem tokenize`, as a user runs it, with a vocabulary of a few letters.
@Suite struct TokenizeTests {
  private static let file = #"""
    {"model":{"type":"BPE","vocab":{"a":0,"b":1,"Ġ":2,"Ċ":3,"ab":4},"merges":["a b"]},
    "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":false},
    "decoder":{"type":"ByteLevel"},
    "added_tokens":[{"id":5,"content":"<s>","special":true,"normalized":false}],
    "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},
    {"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{"<s>":{"id":"<s>","ids":[5],"tokens":["<s>"]}}}}
    """#

  private let folder: WorkFolder
  private let tokenizer: [String]

  init() throws {
    folder = try WorkFolder()
    tokenizer = ["tokenize", "--tokenizer", try folder.write(Self.file, to: "tokenizer.json")]
  }

  private func output(_ arguments: String...) throws -> String {
    let result = try Tool.run(tokenizer + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  @Test func textIntoIds() throws {
    #expect(try output("ab a") == "4 2 0\n")
    #expect(try output("ab a", "--count") == "3\n")
    #expect(
      try output("ab<s>", "--json") == #"{"count":2,"ids":[4,5],"tokens":["ab","<s>"]}"# + "\n")
    #expect(try output("b", "--special") == "5 1\n")
    #expect(try output("a<s>b", "--literal") == "4\n")
    // Of "Question: a" and "Answer:" only three bytes have tokens.
    #expect(try output("a", "--chat", "plain") == "2 0 3\n")
    #expect(try Tool.run(tokenizer + ["", "--count"]).output == "0\n")
  }

  @Test func idsIntoText() throws {
    #expect(try output("--decode", "[4, 2,0 5]") == "ab a<s>\n")
    #expect(try output("--decode", "--skip-special", "4 5") == "ab\n")
    #expect(try output("--decode", "--json", "4 5") == #"{"count":2,"text":"ab<s>"}"# + "\n")
  }

  @Test func filesAndLines() throws {
    let first = try folder.write("ab\nb\n\na\n", to: "first.txt")
    let second = try folder.write("b", to: "second.txt")
    #expect(try output(first, second) == "4 3 1 3 3 0 3\n1\n")
    #expect(try output(first, "--lines") == "4\n1\n\n0\n")
    let many = try folder.write(String(repeating: "ab\nb\n", count: 5_000), to: "many.txt")
    let one = try output(many, "--lines", "--threads", "1")
    #expect(one == String(repeating: "4\n1\n", count: 5_000))
    #expect(try output(many, "--lines", "--threads", "3") == one)
    // Standard input is empty here.
    #expect(try output("--count") == "0\n")
  }

  @Test func errorsAreOneLine() throws {
    let cases = [
      (["--decode", "4 x"], "--decode takes ids"), ([folder.path("none"), "b"], "no such file"),
      ([folder.path], "cannot be read"),
    ]
    for (arguments, message) in cases {
      let result = try Tool.run(tokenizer + arguments)
      #expect(result.status == 1 && result.output.isEmpty)
      #expect(result.errors.contains(message) && result.errors.split(separator: "\n").count == 1)
    }
    let missing = try Tool.run("tokenize", "--tokenizer", folder.path("none"), "a")
    #expect(missing.status == 1 && missing.errors.hasSuffix("none: does not exist\n"))
    #expect(try Tool.run(tokenizer + ["--decode", "--chat", "plain", "1"]).status == 64)
  }
}
