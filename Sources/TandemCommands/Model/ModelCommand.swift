internal import ArgumentParser

/// What a model is, and an adapter merged into it.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Look at a model's folder, or merge an adapter into it.",
    subcommands: [ModelInfo.self, ModelMerge.self])
}
