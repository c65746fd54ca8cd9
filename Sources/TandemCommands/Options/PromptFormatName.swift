internal import ArgumentParser
internal import TandemPrompts
internal import TandemTokenizer

/// How prompts are made, as an option's value.
struct PromptFormatName: ExpressibleByArgument {
  let format: PromptFormat

  init(format: PromptFormat) {
    self.format = format
  }

  init?(argument: String) {
    switch argument {
    case "auto": format = .automatic
    case "text": format = .text
    default:
      guard let chat = ChatFormat(name: argument) else { return nil }
      format = .chat(chat)
    }
  }

  var defaultValueDescription: String { "auto" }

  static var allValueStrings: [String] { ["auto", "text"] + ChatFormat.named.map(\.name) }
}
