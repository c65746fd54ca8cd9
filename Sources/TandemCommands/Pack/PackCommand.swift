internal import ArgumentParser
internal import TandemJSON
internal import TandemShards
internal import TandemStages

/// Packs training examples.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Make training examples of one model's traces: tokens, advantages, weights.",
    discussion: """
      Examples are for a policy gradient, every trace that has an advantage, or with --for sft for \
      imitation, every correct trace with advantage 1. Tokens that a trace holds are used as they \
      are. What came as text is tokenised: the prompt from the trace, else from the question in our \
      own wording and the model's chat format; the stop token follows an answer that ended, or \
      whose end is not known. Every example says which, and the summary counts them. Each model \
      has its own examples/MODEL/; the loss is on the completion alone.

        tandem pack run --model small --tokenizer models/small
        tandem pack run --model a --model b --tokenizer a=models/a --tokenizer b=models/b
        tandem pack run --for sft --max-per-problem 2 --tokenizer models/small --chat qwen2.5

      Ids are plain numbers, logprobs whole numbers of 1/10,000. Without a single example the \
      status is 1, and the reasons are named.
      """)

  @OptionGroup var target: RunArgument

  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "A model to pack; can be given several times.",
      discussion: "The default is every model of the team.", valueName: "name"))
  var models: [String] = []

  @OptionGroup var writing: ModelFormatOptions
  @OptionGroup var choice: PackOptionGroup
  @OptionGroup var work: WorkOptions

  func validate() throws {
    guard Set(models).count == models.count else {
      throw ValidationError("--model names a model twice.")
    }
  }

  func run() throws {
    let options = choice.options
    let run = target.folder
    let known =
      models.isEmpty
      ? try work.run { try PackStage.team(of: run, for: options.purpose, context: $0) } : models
    let formats = try writing.formats(of: known)
    let stages = known.map { model in
      PackStage(run: run, model: model, format: formats[model], options: options)
    }
    var output = StandardOutput()
    if work.dryRun {
      for stage in stages {
        try output.line(try work.run { try stage.preview(context: $0) }.description)
      }
      return try output.flush()
    }
    let outcomes = try stages.map { stage in try work.run { try stage(context: $0) } }
    try report(outcomes, to: &output)
    try output.flush()
    let empty = outcomes.filter { $0.tally.examples == 0 }.map { EmptyPack($0, run: run) }
    if !empty.isEmpty { throw EmptyPack.error(empty, run: run) }
  }

  /// Prints the summaries; of a model without examples the error tells.
  private func report(_ outcomes: [PackStage.Outcome], to output: inout StandardOutput) throws {
    if work.json {
      let models = outcomes.map { outcome in
        JSONObject.Member(key: outcome.model, value: .object(outcome.manifest.summary))
      }
      return try output.line(JSONValue.object(JSONObject(models)).json)
    }
    for outcome in outcomes where outcome.tally.examples > 0 {
      for line in PackText(outcome).lines { try output.line(line) }
    }
  }
}
