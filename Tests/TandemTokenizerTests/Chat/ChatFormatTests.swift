import Testing

@testable import TandemTokenizer

/// Against the text of the published chat templates.
@Suite struct ChatFormatTests {
  private let question = [ChatMessage(.user, "Hi")]

  @Test func qwen25PutsItsSystemMessageFirst() {
    #expect(
      ChatFormat.qwen25.text(question)
        == "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n"
        + "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n")
    #expect(
      ChatFormat.qwen25.text([ChatMessage(.system, "S")] + question, addGenerationPrompt: false)
        == "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n")
  }

  @Test func qwen3WithAndWithoutThinking() {
    let start = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    #expect(ChatFormat.qwen3(thinking: true).text(question) == start)
    #expect(
      ChatFormat.qwen3(thinking: false).text(question) == start + "<think>\n\n</think>\n\n")
  }

  @Test func qwen3DropsOldReasoning() {
    let messages = [
      ChatMessage(.user, "1"), ChatMessage(.assistant, "<think>\nold\n</think>\n\nA"),
      ChatMessage(.user, "2"), ChatMessage(.assistant, "<think>\nnew\n</think>\n\nB"),
    ]
    #expect(
      ChatFormat.qwen3(thinking: true).text(messages, addGenerationPrompt: false)
        == "<|im_start|>user\n1<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n"
        + "<|im_start|>user\n2<|im_end|>\n"
        + "<|im_start|>assistant\n<think>\nnew\n</think>\n\nB<|im_end|>\n")
  }

  @Test func llama3Trims() {
    #expect(
      ChatFormat.llama3.text([ChatMessage(.system, " S\n"), ChatMessage(.user, "Hi ")])
        == "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|>"
        + "<|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n\n")
  }

  @Test func plainTemplates() {
    #expect(ChatFormat.plain(PlainTemplate()).text(question) == "Question: Hi\nAnswer:")
    var template = PlainTemplate()
    template.user = .init(before: "Q ", after: ";")
    template.generationPrompt = "A"
    #expect(ChatFormat.plain(template).text(question) == "Q Hi;A")
  }

  @Test func namesAreThoseOfFormats() {
    for (name, format) in ChatFormat.named { #expect(ChatFormat(name: name) == format) }
    #expect(ChatFormat(name: "qwen") == nil)
  }
}
