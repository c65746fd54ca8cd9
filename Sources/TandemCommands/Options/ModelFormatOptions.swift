internal import ArgumentParser
internal import TandemPrompts
internal import TandemTokenizer

/// Tokenizers as the user gives them: `DIR` for every model, or `NAME=DIR` for one.
struct ModelFormatOptions {
  private var folders: [String: String] = [:]
  private var common: String?
  private let chat: ChatFormat?

  /// Sorts the folders by model.
  ///
  /// - Throws: `ValidationError` when a model has two.
  init(_ texts: [String], chat: ChatFormat?, models: [String]) throws {
    self.chat = chat
    for text in texts {
      // A folder's name may hold `=` as well, so only a model's name counts.
      let name = models.first { text.hasPrefix("\($0)=") }
      guard name.map({ folders[$0] == nil }) ?? (common == nil) else {
        throw ValidationError("--tokenizer is given twice for \(name ?? "all models").")
      }
      if let name {
        folders[name] = String(text.dropFirst(name.count + 1))
      } else {
        common = text
      }
    }
  }

  /// How a model is written to; nil when no tokenizer is given for it.
  subscript(model: String) -> ModelFormat? {
    get throws {
      guard let folder = folders[model] ?? common else { return nil }
      return try ModelFormat(folder, chat: chat)
    }
  }
}
