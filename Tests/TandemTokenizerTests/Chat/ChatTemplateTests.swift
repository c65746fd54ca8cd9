import TandemTestSupport
import Testing

@testable import TandemTokenizer

/// Templates are recognised by their markup.
@Suite struct ChatTemplateTests {
  @Test func knownMarkup() {
    let system = #"{{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}"#
    let tools = #"{{- '<|im_start|>system\n' }}{{- 'You may call <|im_end|>\n' }}"#
    let turn = #"{{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}"#
    func own(_ text: String) -> String { "{{- '<|im_start|>system\\n\(text)<|im_end|>\\n' }}" }
    #expect(ChatFormat(template: system + turn) == .chatML(defaultSystem: nil))
    #expect(
      ChatFormat(template: tools + system + own("Be kind.") + turn)
        == .chatML(defaultSystem: "Be kind."))
    #expect(
      ChatFormat(template: own(#"Answer in \\boxed{}.\nNow."#) + turn)
        == .chatML(defaultSystem: "Answer in \\boxed{}.\nNow."))
    // A line break as such.
    #expect(
      ChatFormat(template: "<|im_start|>system\nHi<|im_end|>") == .chatML(defaultSystem: "Hi"))
    #expect(
      ChatFormat(template: turn + "{%- if enable_thinking is false %}<think>")
        == .qwen3(thinking: true))
    #expect(ChatFormat(template: "<|start_header_id|>") == .llama3)
  }

  @Test func othersAreNotGuessed() {
    #expect(ChatFormat(template: "[INST]") == nil)
    #expect(ChatFormat(template: #"{{- '<|im_start|>assistant\n<think>\n' }}"#) == nil)
    #expect(ChatFormat(template: "<|start_header_id|> Cutting Knowledge Date: ") == nil)
  }

  @Test func whereTemplatesStand() throws {
    let folder = try WorkFolder()
    #expect(try ChatFormat(besideTokenizer: folder.path) == nil)
    _ = try folder.write("{}", to: "tokenizer_config.json")
    #expect(try ChatFormat(besideTokenizer: folder.path + "/tokenizer.json") == nil)
    _ = try folder.write(
      #"{"chat_template": [{"name": "tool_use", "template": "[INST]"}, {"name": "default", "template": "<|start_header_id|>"}]}"#,
      to: "tokenizer_config.json")
    #expect(try ChatFormat(besideTokenizer: folder.path) == .llama3)
    _ = try folder.write("<|im_start|>", to: "chat_template.jinja")
    #expect(try ChatFormat(besideTokenizer: folder.path) == .chatML(defaultSystem: nil))
  }
}
