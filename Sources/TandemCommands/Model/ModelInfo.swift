internal import ArgumentParser
internal import TandemJSON
internal import TandemLM
internal import TandemTraining

/// `tandem model info`.
struct ModelInfo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show a model's architecture and size, and the memory that training takes.",
    discussion: """
        tandem model info DIR
        tandem model info DIR --tokens 8192 --longest 4096 --json
      """)

  @Argument(help: ArgumentHelp("The model's folder.", valueName: "dir"))
  var folder: String

  @Option(help: "Tokens that are computed at once.")
  var tokens: Int = 4096

  @Option(help: "Tokens of the longest sequence.")
  var longest: Int = 2048

  @Option(help: "The adapter's rank.")
  var rank: Int = 16

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    for (name, value) in [("--tokens", tokens), ("--longest", longest), ("--rank", rank)] {
      guard (1...1 << 24).contains(value) else {
        throw ValidationError("\(name) must be at least 1, and below \(1 << 24).")
      }
    }
  }

  func run() throws {
    let model = try ModelConfiguration(folder: folder)
    var output = StandardOutput()
    if json {
      try output.line(value(of: model).json)
    } else {
      for line in lines(of: model) { try output.line(line) }
    }
    try output.flush()
  }

  /// The ways to train, with their memory.
  private func estimates(_ model: ModelConfiguration) -> [(String, MemoryEstimate)] {
    let ways: [(String, AdapterPlan?, Bool)] = [
      ("adapter", AdapterPlan(rank: rank), false),
      ("adapter, layers computed again", AdapterPlan(rank: rank), true),
      ("all parameters", nil, false),
    ]
    return ways.map { name, adapter, recomputes in
      let size = WorkspaceSize(
        rows: tokens, targets: tokens, longest: min(longest, tokens), recomputesLayers: recomputes)
      return (name, MemoryEstimate(model, adapter: adapter, size: size, threads: 1))
    }
  }

  private func lines(of model: ModelConfiguration) -> [String] {
    [
      "architecture   \(model.architecture.rawValue)\(model.tiedEmbeddings ? ", tied embeddings" : "")",
      "parameters     \(Quantity.count(model.parameterCount))",
      "layers         \(model.layerCount), hidden \(model.hiddenSize), intermediate \(model.intermediateSize)",
      "heads          \(model.headCount) of \(model.headSize), \(model.keyValueHeadCount) of keys and values",
      "vocabulary     \(Quantity.count(model.vocabularySize))",
      "positions      \(Quantity.count(model.maximumPositions))",
    ]
      + estimates(model).map { name, memory in
        "train \(name), \(Quantity.count(tokens)) tokens at once: \(Quantity.bytes(memory.total))"
      }
  }

  private func value(of model: ModelConfiguration) -> JSONValue {
    [
      "architecture": .string(model.architecture.rawValue),
      "tied_embeddings": .bool(model.tiedEmbeddings),
      "parameters": .number(model.parameterCount), "layers": .number(model.layerCount),
      "hidden_size": .number(model.hiddenSize),
      "intermediate_size": .number(model.intermediateSize), "heads": .number(model.headCount),
      "key_value_heads": .number(model.keyValueHeadCount), "head_size": .number(model.headSize),
      "vocabulary_size": .number(model.vocabularySize),
      "positions": .number(model.maximumPositions), "tokens_at_once": .number(tokens),
      "training": .array(
        estimates(model).map { name, memory in
          ["way": .string(name), "memory": memory.json]
        }),
    ]
  }
}
