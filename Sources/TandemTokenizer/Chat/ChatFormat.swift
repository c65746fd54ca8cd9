/// How a conversation is written as one text, special tokens spelled out.
///
/// Tools are left out. Encode the text with `parseSpecial`.
package enum ChatFormat: Hashable, Sendable {
  /// ChatML; a default system message is put first when the conversation has none.
  case chatML(defaultSystem: String?)
  /// ChatML as Qwen3 has it: reasoning of turns before the last question is dropped, and without
  /// thinking the answer begins behind an empty block of it.
  case qwen3(thinking: Bool)
  /// Llama 3; contents are trimmed.
  case llama3
  /// Plain text for models without markup.
  case plain(PlainTemplate)

  /// ChatML with Qwen2.5's default system message.
  package static let qwen25 = ChatFormat.chatML(
    defaultSystem: "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.")

  /// The formats that have a name, in the order in which help lists them.
  package static let named: [(name: String, format: ChatFormat)] = [
    ("chatml", .chatML(defaultSystem: nil)), ("qwen2.5", .qwen25),
    ("qwen3", .qwen3(thinking: true)), ("qwen3-no-thinking", .qwen3(thinking: false)),
    ("llama3", .llama3), ("plain", .plain(PlainTemplate())),
  ]

  /// The format with a name, as ``named`` lists it.
  package init?(name: String) {
    guard let match = Self.named.first(where: { $0.name == name }) else { return nil }
    self = match.format
  }

  /// The text of a conversation.
  ///
  /// - Parameter addGenerationPrompt: whether the beginning of the answer follows.
  package func text(_ messages: [ChatMessage], addGenerationPrompt: Bool = true) -> String {
    var messages = messages
    switch self {
    case .chatML(let system):
      if let system, messages.first?.role != .system {
        messages.insert(ChatMessage(.system, system), at: 0)
      }
    case .qwen3: messages = Self.withoutOldReasoning(messages)
    case .llama3, .plain: break
    }
    let start = self == .llama3 ? "<|begin_of_text|>" : ""
    return start + messages.map(turn).joined() + (addGenerationPrompt ? generationPrompt : "")
  }

  /// What comes in front of the model's own text.
  package var generationPrompt: String {
    switch self {
    case .chatML, .qwen3(thinking: true): "<|im_start|>assistant\n"
    case .qwen3(thinking: false): "<|im_start|>assistant\n<think>\n\n</think>\n\n"
    case .llama3: "<|start_header_id|>assistant<|end_header_id|>\n\n"
    case .plain(let template): template.generationPrompt
    }
  }

  /// The special token that ends the model's turn; nil where the tokenizer's own end does.
  package var endOfTurn: String? {
    switch self {
    case .chatML, .qwen3: "<|im_end|>"
    case .llama3: "<|eot_id|>"
    case .plain: nil
    }
  }

  private func turn(_ message: ChatMessage) -> String {
    let role = message.role.rawValue
    switch self {
    case .chatML, .qwen3: return "<|im_start|>\(role)\n\(message.content)<|im_end|>\n"
    case .llama3:
      let content = Self.trimmed(message.content) { $0.properties.isWhitespace }
      return "<|start_header_id|>\(role)<|end_header_id|>\n\n\(content)<|eot_id|>"
    case .plain(let template): return template.turn(message)
    }
  }
}

// MARK: - Reasoning

extension ChatFormat {
  /// Drops the reasoning of answers before the last question; the last answer keeps its own.
  private static func withoutOldReasoning(_ messages: [ChatMessage]) -> [ChatMessage] {
    let question = messages.lastIndex { $0.role == .user } ?? messages.count - 1
    return messages.enumerated().map { index, message in
      guard message.role == .assistant else { return message }
      let (reasoning, answer) = parts(of: message.content)
      let isLast = index == messages.count - 1
      guard index > question, isLast || !reasoning.isEmpty else {
        return ChatMessage(.assistant, answer)
      }
      let inner = trimmed(reasoning) { $0 == "\n" }
      let outer = trimmed(answer, atEnd: false) { $0 == "\n" }
      return ChatMessage(.assistant, "<think>\n\(inner)\n</think>\n\n\(outer)")
    }
  }

  /// The reasoning of an answer, without its tags, and what follows it.
  private static func parts(of content: String) -> (reasoning: String, answer: String) {
    let blocks = pieces(of: content, separator: "</think>")
    guard blocks.count > 1, let first = blocks.first, let last = blocks.last else {
      return ("", content)
    }
    let reasoning = pieces(of: first, separator: "<think>").last ?? ""
    return (
      trimmed(reasoning) { $0 == "\n" }, trimmed(last, atEnd: false) { $0 == "\n" }
    )
  }

  /// The pieces between occurrences of a text, compared byte for byte.
  static func pieces(of text: String, separator: String) -> [String] {
    let bytes = Array(text.utf8)
    let mark = Array(separator.utf8)
    var pieces: [String] = []
    var start = 0
    var index = 0
    while index + mark.count <= bytes.count {
      if bytes[index..<index + mark.count].elementsEqual(mark) {
        pieces.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  /// A text without the scalars at its ends that are to go.
  private static func trimmed(
    _ text: String, atEnd: Bool = true, _ goes: (Unicode.Scalar) -> Bool
  ) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, goes(first) { scalars.removeFirst() }
    while atEnd, let last = scalars.last, goes(last) { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
