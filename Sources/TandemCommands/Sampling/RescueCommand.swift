internal import ArgumentParser
internal import TandemRecords
internal import TandemPrompts
internal import TandemRollouts
internal import TandemStages

/// Samples the rescue round.
struct RescueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rescue",
    abstract: "Sample again, with a peer's hint, what a model failed.",
    discussion: """
      For every hint each student writes -k traces: with the hint in its prompt where it is given, \
      with the cold prompt and a seed of its own where dropout withholds it. Give the models, the \
      prompt and the sampling that `cold` had; everything said there holds here.

        tandem rescue run --model a=models/qwen-a --model b=models/qwen-b
      """)

  @OptionGroup var target: RunArgument

  @Option(
    name: [.customShort("k"), .customLong("samples")], help: "How many traces of each hint.")
  var samples: Int = 1

  @Option(
    help: ArgumentHelp(
      "A file with the template of prompts with a hint.",
      discussion: "Places are {question}, {choices}, {hint}, {answer}.", valueName: "file"))
  var hintPrompt: String?

  @OptionGroup var sampling: SamplingArguments
  @OptionGroup var work: WorkOptions

  func validate() throws {
    guard (1...100_000).contains(samples) else { throw ValidationError("-k must be 1 to 100000.") }
  }

  func run() throws {
    var options = try sampling.options(samples: samples)
    if let hintPrompt {
      options.hinted = try PromptTemplate(
        hinted: try TemplateFile.text(hintPrompt), from: hintPrompt)
    }
    try SamplingRun(
      round: .rescue, run: target.folder, options: options, sampling: sampling, work: work)()
  }
}
