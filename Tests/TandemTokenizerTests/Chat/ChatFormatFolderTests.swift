import Foundation
import TandemTestSupport
import Testing

@testable import TandemTokenizer

/// What a model's folder says of its chat format; the templates are reduced to the lines that matter.
@Suite struct ChatFormatFolderTests {
  let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  private func configuration(_ template: Any) throws {
    let data = try JSONSerialization.data(withJSONObject: ["chat_template": template])
    _ = try folder.write(data, to: "tokenizer_config.json")
  }

  @Test func withoutATemplateThereIsNone() throws {
    #expect(try ChatFormat(folder: folder.path) == nil)
    _ = try folder.write("{}", to: "tokenizer_config.json")
    #expect(try ChatFormat(folder: folder.path) == nil)
  }

  @Test func qwen25SpellsItsSystemMessageOut() throws {
    try configuration(
      #"""
      {%- if tools %}{{- '<|im_start|>system\n' }}{{- messages[0]['content'] }}{%- else %}
      {%- if messages[0]['role'] == 'system' %}
      {{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}{%- else %}
      {{- '<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n' }}
      """#)
    #expect(try ChatFormat(folder: folder.path) == .qwen25)
  }

  @Test func plainChatMLHasNoSystemMessage() throws {
    try configuration("{% for m in messages %}{{'<|im_start|>' + m.role}}{% endfor %}")
    #expect(try ChatFormat(folder: folder.path) == .chatML(defaultSystem: nil))
  }

  @Test func aFileOfItsOwnComesFirst() throws {
    try configuration("{{ '<|im_start|>' }}")
    _ = try folder.write("{{ '<|start_header_id|>' }}", to: "chat_template.jinja")
    #expect(try ChatFormat(folder: folder.path) == .llama3)
  }

  @Test func qwen3ThinksAndIsFoundInAList() throws {
    try configuration([
      ["name": "tool_use", "template": "x"],
      ["name": "default", "template": "{{ '<|im_start|>' }}{%- if enable_thinking %}"],
    ])
    #expect(try ChatFormat(folder: folder.path) == .qwen3(thinking: true))
  }

  @Test func anUnknownFamilyIsRefused() throws {
    try configuration("[INST] {{ messages[0].content }} [/INST]")
    #expect {
      try ChatFormat(folder: folder.path)
    } throws: { error in
      "\(error)".contains("tokenizer_config.json: has a chat template of no known family")
    }
  }
}
