internal import ArgumentParser
internal import TandemTraining

/// `tandem model merge`.
struct ModelMerge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Add an adapter to the weights of its model, and write them as one.",
    discussion: """
        tandem model merge --model DIR --adapter run/adapters/a --out merged

      Weights are written as 32-bit numbers; tokenizer files are copied.
      """)

  @Option(help: ArgumentHelp("The model's folder.", valueName: "dir"))
  var model: String

  @Option(help: ArgumentHelp("The adapter's folder.", valueName: "dir"))
  var adapter: String

  @Option(help: ArgumentHelp("Where the merged model goes.", valueName: "dir"))
  var out: String

  func run() throws {
    try MergedModel(model: model, adapter: adapter).write(to: out)
    var output = StandardOutput()
    try output.line("merged \(adapter) into \(model), in \(out)")
    try output.flush()
  }
}
