internal import ArgumentParser
internal import TandemJSON
internal import TandemLM
internal import TandemShards
internal import TandemStages
internal import TandemTraining

/// Trains a model on its examples.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train an adapter, or a whole small model, on packed examples.",
    discussion: """
      Objectives: policy-gradient uses the advantages of the examples, sft the likelihood of their \
      completions, pretrain that of every token, training all parameters. The first two train a \
      LoRA adapter that PEFT and vLLM read as it is; pretrain writes a model's folder.

        tandem train run --model a=DIR --objective policy-gradient --loss grpo
        tandem train --examples mine.jsonl --model DIR --objective sft --out adapter
        tandem train --examples corpus.jsonl --model DIR --objective pretrain --fresh --out small
        tandem train run --model a=DIR --objective policy-gradient --check

      A run that was stopped, even by kill -9, goes on with the same command and ends with the \
      same bytes; so does one with another number of threads. Examples are part files or JSON \
      Lines of the example schema. Weights are held as 32-bit numbers; the memory needed is \
      computed first, and a run that cannot fit says so at once.
      """)

  @Argument(help: ArgumentHelp("The run's folder, whose examples/ are read.", valueName: "run"))
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "The model's folder; NAME=DIR, once a model, for a run.",
      discussion: "NAME is the model's name in the run.", valueName: "name=dir|dir"))
  var model: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Train on these files instead of a run's.", valueName: "file"))
  var examples: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where the result goes; RUN/adapters/NAME by default.", valueName: "dir"))
  var out: String?

  @Option(help: "What is trained for.")
  var objective: ObjectiveName = .policyGradient

  @OptionGroup var options: TrainingOptionGroup

  @Option(
    help: ArgumentHelp(
      "Go on with an adapter, with a fresh optimiser; NAME=DIR, once a model, for a run.",
      valueName: "name=dir|dir"))
  var initAdapter: [String] = []

  @Flag(help: "pretrain: begin with random weights, from the folder's config.json alone.")
  var fresh = false

  @Flag(help: "Compare the stored logprobs with the model's, and train nothing.")
  var check = false

  @Option(
    help: ArgumentHelp(
      "How many threads work at once; the result does not depend on it."))
  var threads: Int = TrainTarget.cores

  @Flag(help: "Print the result as JSON.")
  var json = false

  @Flag(help: "Say how much there is to do and what memory it takes, and do nothing.")
  var dryRun = false

  func validate() throws {
    guard (folder == nil) != examples.isEmpty else {
      throw ValidationError("Give either a run or --examples.")
    }
    guard !model.isEmpty else { throw ValidationError("Give --model.") }
    if folder == nil, out == nil, !check { throw ValidationError("--examples needs --out.") }
    if model.count > 1, folder == nil || out != nil {
      throw ValidationError("Several models need a run, and no --out.")
    }
    guard !fresh || objective == .pretrain else {
      throw ValidationError("--fresh goes with --objective pretrain.")
    }
    guard initAdapter.isEmpty || objective != .pretrain else {
      throw ValidationError("--init-adapter does not go with --objective pretrain.")
    }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
  }

  func run() throws {
    var output = StandardOutput()
    for target in try targets() {
      let job = try target.job()
      let lines =
        if check {
          TrainText.check(try job.checkLogprobs(), json: json)
        } else if dryRun {
          try TrainText.preview(job, json: json, target: target)
        } else {
          TrainText.summary(try train(job, target), of: job, json: json, target: target)
        }
      for line in lines { try output.line(line) }
    }
    try output.flush()
  }

  private func train(_ job: TrainingJob, _ target: TrainTarget) throws -> TrainingOutcome {
    let cancellation = Cancellation()
    let signals = Signals(cancelling: cancellation)
    defer { withExtendedLifetime(signals) {} }
    var display = TrainDisplay(name: target.name)
    defer { display.stop() }
    return try job.run(isCancelled: { (try? cancellation.check()) == nil }) { event in
      display.show(event)
    }
  }

  /// What is to be trained, one after another.
  private func targets() throws -> [TrainTarget] {
    let adapters = try initAdapter.map(NamedFolder.init)
    return try model.map { text in
      let model = try NamedFolder(text)
      guard let folder else {
        return TrainTarget(
          command: self, name: Folder.split(model.folder).name, model: model.folder,
          adapter: adapters.first?.folder, files: examples, output: out ?? "")
      }
      guard let name = model.name else {
        throw ValidationError("--model must be NAME=DIR for a run: which of its models is it?")
      }
      let path = RunFolder(folder).path
      let input = try StageInput("\(path)/examples/\(name)")
      return TrainTarget(
        command: self, name: name, model: model.folder,
        adapter: adapters.first { $0.name == name || $0.name == nil }?.folder,
        files: input.manifest.parts.indices.map(input.path),
        output: out ?? "\(path)/adapters/\(name)")
    }
  }
}

extension ObjectiveName: ExpressibleByArgument {}
