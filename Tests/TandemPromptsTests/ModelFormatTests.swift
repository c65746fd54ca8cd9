import TandemPrompts
import TandemRecords
import TandemTestSupport
import TandemTokenizer
import Testing

/// A tokenizer of single bytes with the markup of ChatML, and what may stand beside it.
@Suite struct ModelFormatTests {
  private static let problem = Problem(
    id: "p", dataset: "d", split: "test", question: "6 * 7?", gold: "42", goldType: .number,
    source: .init(file: "d.jsonl", row: 1))

  private let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
    _ = try folder.write(ByteTokenizer.json, to: "tokenizer.json")
  }

  private func format(chat: ChatFormat? = nil) throws(TokenizerError) -> ModelFormat {
    try ModelFormat(folder.path, format: chat.map(PromptFormat.chat) ?? .automatic)
  }

  @Test func withoutATemplateThePromptIsPlain() throws {
    let format = try format()
    let prompt = format.prompt(of: Self.problem)
    #expect(prompt.text.hasPrefix("Question: 6 * 7?\n\n") && prompt.text.hasSuffix("\nAnswer:"))
    #expect(format.prompts.tokenizer.decode(prompt.ids) == prompt.text)
    #expect(format.stopID == format.prompts.tokenizer.id(of: "<|im_end|>"))
  }

  @Test func aTextIsThePromptWhenAsked() throws {
    let cold = try PromptTemplate(cold: "<|im_start|>{question}=", from: "t")
    let hinted = try PromptTemplate(hinted: "{question}<|im_end|>{hint}", from: "t")
    let format = try ModelFormat(folder.path, format: .text, cold: cold, hinted: hinted)
    let prompt = format.prompt(of: Self.problem)
    #expect(prompt.text == "<|im_start|>6 * 7?=" && prompt.ids.first == 257)
    #expect(format.prompt(of: Self.problem, hint: "ab").ids.suffix(2) == [258, 256])
    #expect(format.prompt(of: Self.problem, hint: "") == prompt)
    // Without a chat format, markup in a plain question is text.
    let plain = try self.format(chat: .plain(PlainTemplate())).prompts.prompt(of: "<|im_end|>")
    #expect(plain.text == "Question: <|im_end|>\nAnswer:" && !plain.ids.contains(258))
  }

  @Test func theTemplateOfTheFolderIsUsed() throws {
    _ = try folder.write(
      "{{ '<|im_start|>system\\nBe brief.<|im_end|>\\n' }}{{ '<|im_start|>' + role }}",
      to: "chat_template.jinja")
    let format = try format()
    let prompt = format.prompt(of: Self.problem)
    #expect(
      prompt.text.hasPrefix("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n6 * 7?"))
    #expect(prompt.ids.first == format.prompts.tokenizer.id(of: "<|im_start|>"))
    #expect(prompt.ids.count { $0 == format.stopID } == 2)
  }

  @Test func anUnknownTemplateIsNamed() throws {
    let file = try folder.write(
      #"{"chat_template": "[INST] {{ m }} [/INST]"}"#, to: "tokenizer_config.json")
    let error = #expect(throws: TokenizerError.self) { try self.format() }
    #expect(error?.file == file && error?.message.contains("name one: chatml") == true)
    #expect(try format(chat: .plain(PlainTemplate())).prompts.chat == .plain(PlainTemplate()))
  }

  @Test func conversationsAndTextsAreRead() throws {
    let format = try format(chat: .chatML(defaultSystem: nil))
    let text = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    #expect(format.ids(ofPrompt: text) == format.prompts.tokenizer.encode(text))
    #expect(
      format.ids(ofPrompt: #"[{"role": "user", "content": "Hi"}]"#)
        == format.prompts.tokenizer.encode(text)
    )
    for other in ["[1, 2] is a list. Why?", #"[{"role": "tool", "content": "Hi"}]"#, "[]", "["] {
      #expect(format.ids(ofPrompt: other) == format.prompts.tokenizer.encode(other))
    }
  }

  @Test func aFirstWordHasItsBlankInTheMiddleOfALine() throws {
    let plain = try format()
    #expect(plain.ids(ofCompletion: "ab", stopped: false) == [32, 256])
    #expect(plain.ids(ofCompletion: "\nab", stopped: false) == [10, 256])
    #expect(plain.ids(ofCompletion: "", stopped: true) == [258])
    #expect(plain.ids(ofCompletion: "ab", behind: "Q:\n", stopped: false) == [256])
    let chat = try format(chat: .chatML(defaultSystem: nil))
    #expect(chat.ids(ofCompletion: "ab", stopped: false) == [256])
    let turns = #"[{"role": "user", "content": "Hi"}]"#
    #expect(chat.ids(ofCompletion: "ab", behind: turns, stopped: false) == [256])
    let text = try ModelFormat(folder.path, format: .text)
    #expect(text.ids(ofCompletion: "ab", stopped: false) == [32, 256])
  }

  @Test func theStopTokenEndsWhatStopped() throws {
    let format = try format(chat: .chatML(defaultSystem: nil))
    let open = format.ids(ofCompletion: "ab<|im_end|>", stopped: false)
    // Markup in an answer is text: it cannot end the turn.
    #expect(open == [256] + "<|im_end|>".utf8.map { Int32($0) })
    #expect(format.ids(ofCompletion: "ab<|im_end|>", stopped: true) == open + [format.stopID])
  }

  @Test func aBeginningIsAddedOnce() throws {
    _ = try folder.write(ByteTokenizer.json(beginning: "<|im_start|>"), to: "tokenizer.json")
    let format = try format()
    let start = try #require(format.prompts.tokenizer.id(of: "<|im_start|>"))
    #expect(format.ids(ofPrompt: "a") == [start] + format.prompts.tokenizer.encode("a"))
    #expect(format.ids(ofPrompt: "<|im_start|>a") == [start] + format.prompts.tokenizer.encode("a"))
  }

  @Test func theFingerprintFollowsWhatDecidesTokens() throws {
    let plain = try format().fingerprint
    #expect(try format().fingerprint == plain)
    #expect(try format(chat: .chatML(defaultSystem: nil)).fingerprint != plain)
    let template = try PromptTemplate(cold: "{question}", from: "t")
    #expect(try ModelFormat(folder.path, cold: template).fingerprint != plain)
    #expect(try ModelFormat(folder.path, format: .text).fingerprint != plain)
    #expect(try ModelFormat(folder.path + "/tokenizer.json").fingerprint == plain)
    _ = try folder.write("{}", to: "tokenizer_config.json")
    #expect(try format().fingerprint != plain)
  }

  @Test func aTokenizerWithoutAnEndIsRefused() throws {
    let error = #expect(throws: TokenizerError.self) { try self.format(chat: .llama3) }
    #expect(error?.message.contains("`<|eot_id|>`") == true)
  }
}
