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
}
