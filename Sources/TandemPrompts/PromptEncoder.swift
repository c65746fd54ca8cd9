internal import TandemJSON
package import TandemTokenizer

/// Turns texts into prompts: as a model's chat format has them, and as tokens.
///
/// Sampling and packing both use it, so that a prompt has the same tokens in both.
package struct PromptEncoder: Sendable {
  package let tokenizer: Tokenizer
  /// Nil where the text is the prompt.
  package let chat: ChatFormat?

  /// A prompt as text and as tokens.
  package struct Prompt: Hashable, Sendable {
    package var text: String
    package var ids: [Int32]
  }

  /// An encoder for the model whose tokenizer lies in a folder.
  ///
  /// - Throws: `TokenizerError` when the folder's chat template is to be used and not known.
  package init(_ tokenizer: Tokenizer, folder: String, format: PromptFormat)
    throws(TokenizerError)
  {
    self.tokenizer = tokenizer
    chat =
      switch format {
      case .automatic: try ChatFormat(folder: folder) ?? .plain(PlainTemplate())
      case .text: nil
      case .chat(let format): format
      }
  }

  /// The token that ends the model's turn; nil where neither the chat format nor the tokenizer names one.
  package var stopID: Int32? {
    chat?.endOfTurn.map { tokenizer.id(of: $0) } ?? tokenizer.eosID
  }

  /// The prompt in which the user says a text.
  package func prompt(of text: String) -> Prompt {
    guard let chat else { return Prompt(text: text, ids: beginning(tokenizer.encode(text))) }
    let text = chat.text([ChatMessage(.user, text)])
    // Plain formats have no markup: what looks like it is text.
    let isPlain = if case .plain = chat { true } else { false }
    return Prompt(
      text: text, ids: beginning(tokenizer.encode(text, parseSpecial: !isPlain)))
  }

  /// The ids of a prompt as it is stored: a text with its markup spelled out, or a conversation in JSON.
  package func ids(ofPrompt text: String) -> [Int32] {
    beginning(tokenizer.encode(self.text(ofPrompt: text)))
  }

  /// A prompt as it is stored, a conversation in JSON written out.
  package func text(ofPrompt text: String) -> String {
    guard let messages = Self.messages(in: text) else { return text }
    return (chat ?? .plain(PlainTemplate())).text(messages)
  }

  /// The ids behind what the tokenizer's template puts in front, where they do not begin with it already.
  private func beginning(_ ids: [Int32]) -> [Int32] {
    ids.starts(with: tokenizer.beginning) ? ids : tokenizer.beginning + ids
  }

  /// The turns of a conversation as `[{"role": ..., "content": ...}, ...]`; nil for any other text.
  private static func messages(in text: String) -> [ChatMessage]? {
    guard text.utf8.first == UInt8(ascii: "["),
      let turns = (try? JSONValue(parsing: Array(text.utf8)))?.array
    else { return nil }
    let messages = turns.compactMap { turn -> ChatMessage? in
      guard let role = turn.object?["role"]?.string.flatMap(ChatMessage.Role.init(rawValue:)),
        let content = turn.object?["content"]?.string
      else { return nil }
      return ChatMessage(role, content)
    }
    return messages.isEmpty || messages.count < turns.count ? nil : messages
  }
}
