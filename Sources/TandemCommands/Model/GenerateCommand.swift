internal import ArgumentParser
internal import TandemLM
internal import TandemPrompts
internal import TandemTokenizer

/// Continues a prompt with a model, for a first try.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Continue a prompt with a model on this machine's processor.",
    discussion: """
      The model's folder is one from the Hugging Face Hub: config.json, safetensors, \
      tokenizer.json. The prompt is put to the model as `tandem cold` would put it; --chat text \
      continues it as it is.

        tandem generate --model DIR 'What is 6 times 7?'
        tandem generate --model DIR --adapter DIR --temperature 0 'What is 6 times 7?'
        tandem generate --model DIR --chat text 'Once upon a time'
        tandem generate --model DIR --json --samples 8 'What is 6 times 7?'
        tandem generate --model DIR --ids '9707 11'

      The text goes to standard output as it comes. The same command gives the same text, whatever \
      the number of threads.
      """)

  @OptionGroup var options: ModelOptionGroup
  @OptionGroup var sampling: SamplingOptionGroup

  @Argument(help: ArgumentHelp("The prompt.", valueName: "text"))
  var prompt: String

  @Option(help: "The number of tokens after which the answer is cut.")
  var maxTokens = 512

  @Option(help: "How many answers; more than one needs --json.")
  var samples = 1

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "End before this text; may be given several times.", valueName: "text"))
  var stop: [String] = []

  @Option(
    help: ArgumentHelp(
      "How the prompt is put to the model: auto, text (as it is), or a chat format.",
      discussion:
        "auto takes the chat template of the model's folder, else plain questions and answers."))
  var chat: PromptFormatName = PromptFormatName(format: .automatic)

  @Flag(help: "The prompt is token ids, apart by blanks or commas; print ids. Needs no tokenizer.")
  var ids = false

  @Flag(help: "Print one JSON object an answer, with token ids and logprobs.")
  var json = false

  func validate() throws {
    guard samples >= 1 else { throw ValidationError("--samples must be at least 1.") }
    guard maxTokens >= 1 else { throw ValidationError("--max-tokens must be at least 1.") }
    guard samples == 1 || json else { throw ValidationError("--samples above 1 needs --json.") }
    guard !ids || stop.isEmpty else { throw ValidationError("--ids goes without --stop.") }
  }

  func run() throws {
    let text =
      try ids
      ? nil
      : PromptEncoder(
        Tokenizer(folder: options.model), folder: options.model, format: chat.format)
    let (model, adapter) = try options.load()
    let work = GenerateWork(
      text: text, stops: stop, json: json, sampling: sampling.parameters,
      seeds: (0..<samples).map { sampling.seed &+ $0 }, maximumTokens: maxTokens)
    var output = StandardOutput()
    try work.run(
      prompt, model: model, adapter: adapter, threads: options.threads, output: &output)
  }
}
