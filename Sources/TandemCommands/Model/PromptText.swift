internal import TandemTokenizer

/// How prompts become ids and ids text, by what stands in a model's folder.
struct PromptText {
  let tokenizer: Tokenizer
  private let chat: ChatFormat?

  init(folder: String, chat: GenerateCommand.ChatChoice) throws {
    tokenizer = try Tokenizer(folder: folder)
    switch chat {
    case .none: self.chat = nil
    case .named(let name): self.chat = name.format
    case .auto: self.chat = try ChatFormat(folder: folder)
    }
  }

  /// The ids of a prompt in its chat format; without one, with what the tokenizer's own template adds.
  func ids(_ prompt: String) -> [Int32] {
    guard let chat else { return tokenizer.encode(prompt, addSpecialTokens: true) }
    return tokenizer.encode(chat.text([ChatMessage(.user, prompt)]))
  }

  /// The ids that end an answer.
  var stopIDs: [Int32] {
    [tokenizer.eosID, chat?.endOfTurn.flatMap { tokenizer.id(of: $0) }].compactMap { $0 }
  }
}
