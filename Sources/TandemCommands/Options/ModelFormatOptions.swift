internal import ArgumentParser
internal import TandemPrompts

/// How models are written to: tokenizers, the chat format, templates.
struct ModelFormatOptions: ParsableArguments {
  @Option(
    name: .customLong("tokenizer"),
    help: ArgumentHelp(
      "The folder of the model's tokenizer, needed where traces hold text.",
      discussion: "One for all models, or NAME=DIR for each.", valueName: "[name=]dir"))
  var tokenizers: [String] = []

  @Option(
    help: ArgumentHelp(
      "How prompts are put to the models: auto, text (as they are), or a chat format.",
      discussion:
        "auto takes the chat template of the tokenizer's folder, else plain questions and answers.")
  )
  var chat: PromptFormatName = PromptFormatName(format: .automatic)

  @Option(
    help: ArgumentHelp(
      "A file with the prompt's template.",
      discussion:
        "Places are {question}, {choices}, {answer}; one line end at the file's end is left out.",
      valueName: "file"))
  var prompt: String?

  @Option(
    help: ArgumentHelp(
      "A file with the template of prompts with a hint.",
      discussion: "Places are {question}, {choices}, {hint}, {answer}.", valueName: "file"))
  var hintPrompt: String?

  func validate() throws {
    guard !tokenizers.isEmpty || (chat.format == .automatic && prompt == nil && hintPrompt == nil)
    else { throw ValidationError("--chat, --prompt and --hint-prompt go with --tokenizer.") }
  }

  /// The format of every model for which there is a tokenizer.
  ///
  /// - Throws: `ValidationError` when a model has two.
  func formats(of models: [String]) throws -> [String: ModelFormat] {
    var folders: [String: String] = [:]
    var common: String?
    for text in tokenizers {
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
    let shared = try common.map(format)
    return try Dictionary(
      uniqueKeysWithValues: models.compactMap { model in
        try (folders[model].map(format) ?? shared).map { (model, $0) }
      })
  }

  private func format(_ folder: String) throws -> ModelFormat {
    let cold = try prompt.map { try PromptTemplate(cold: TemplateFile.text($0), from: $0) }
    let hinted = try hintPrompt.map { try PromptTemplate(hinted: TemplateFile.text($0), from: $0) }
    return try ModelFormat(
      folder, format: chat.format, cold: cold ?? .cold, hinted: hinted ?? .hinted)
  }
}
