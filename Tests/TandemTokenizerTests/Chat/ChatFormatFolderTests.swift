import TandemTestSupport
import TandemTokenizer
import Testing

struct ChatFormatFolderTests {
  private static func format(_ file: String, _ text: String) throws -> ChatFormat? {
    let folder = try WorkFolder()
    _ = try folder.write(text, to: file)
    return try ChatFormat(folder: folder.path)
  }

  @Test func templatesAreKnownByTheirMarks() throws {
    let qwen =
      #"{"chat_template": "{{'<|im_start|>system\\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>'}}"}"#
    #expect(try Self.format("tokenizer_config.json", qwen) == .qwen25)
    #expect(
      try Self.format("chat_template.jinja", "<|im_start|> ... <think>") == .qwen3(thinking: true))
    #expect(try Self.format("chat_template.jinja", "<|im_start|>") == .chatML(defaultSystem: nil))
    #expect(
      try Self.format(
        "chat_template.jinja", #"<|im_start|> put your final answer within \\boxed{}."#)
        == .chatML(defaultSystem: nil))
    #expect(
      try Self.format(
        "chat_template.jinja",
        #"<|im_start|>Please reason step by step, and put your final answer within \\boxed{}."#)
        == .chatML(
          defaultSystem: #"Please reason step by step, and put your final answer within \boxed{}."#)
    )
    #expect(try Self.format("chat_template.jinja", "<|start_header_id|>") == .llama3)
    let named =
      #"{"chat_template": [{"name": "tool", "template": "x"}, {"name": "default", "template": "<|im_start|>"}]}"#
    #expect(try Self.format("tokenizer_config.json", named) == .chatML(defaultSystem: nil))
  }

  @Test func aFolderWithoutATemplateHasNone() throws {
    #expect(try Self.format("tokenizer_config.json", "{}") == nil)
    #expect(try Self.format("other", "") == nil)
  }

  @Test(arguments: [
    ("chat_template.jinja", "[INST]"), ("tokenizer_config.json", #"{"chat_template": 3}"#),
    ("tokenizer_config.json", #"{"chat_template": []}"#), ("tokenizer_config.json", "{"),
  ])
  func refuses(_ file: String, _ text: String) throws {
    do {
      _ = try Self.format(file, text)
      Issue.record("\(text) was read")
    } catch let error as TokenizerError { #expect(error.file.hasSuffix(file)) }
  }
}
