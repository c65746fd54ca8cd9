internal import ArgumentParser
internal import TandemLM
internal import TandemMath
internal import TandemPrompts
internal import TandemRollouts
internal import TandemShards
internal import TandemStages

/// Models, sampling and cache of the stages that sample.
struct SamplingArguments: ParsableArguments {
  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "A model of the team, as NAME=DIR or only DIR; give one for each, in the team's order.",
      discussion:
        "DIR holds config.json, *.safetensors and a tokenizer, as Hugging Face lays them.",
      valueName: "name=dir"))
  var models: [String] = []

  @Option(
    name: .customLong("adapter"),
    help: ArgumentHelp(
      "A LoRA adapter in PEFT's format for the model of this name.", valueName: "name=dir"))
  var adapters: [String] = []

  @Option(help: "Logits are divided by it; 0 takes the likeliest token.")
  var temperature: Double = RolloutParameters().temperature

  @Option(help: "Keep the likeliest tokens until they hold this probability; 1 keeps all.")
  var topP: Double = RolloutParameters().topP

  @Option(help: "Keep so many of the likeliest tokens; 0 keeps all.")
  var topK: Int = RolloutParameters().topK

  @Option(help: "Drop tokens below this share of the likeliest one's probability.")
  var minP: Double = RolloutParameters().minP

  @Option(help: "Make tokens that occurred less likely; 1 changes nothing.")
  var repetitionPenalty: Double = RolloutParameters().repetitionPenalty

  @Option(help: "The most tokens of a trace.")
  var maxTokens: Int = RolloutParameters().maxTokens

  @Option(
    help: ArgumentHelp(
      "A text that ends a trace and is cut off; can be given several times.", valueName: "text"))
  var stop: [String] = []

  @Option(help: "The run's seed, from which every trace's follows.")
  var seed: Int = 0

  @Option(
    help: ArgumentHelp(
      "A file with the prompt's template.",
      discussion:
        "Places are {question}, {choices}, {answer}; one line end at the file's end is left out.",
      valueName: "file"))
  var prompt: String?

  @Option(
    help: ArgumentHelp(
      "How the prompt is put to the models: auto, none (as it is), or a chat format.",
      discussion:
        "auto takes the chat template of the model's folder, else plain questions and answers."))
  var chat: PromptFormatName = PromptFormatName(format: .automatic)

  @Option(
    help: ArgumentHelp(
      "How weights are kept: as stored, or rounded; int8 is the smallest and least exact.",
      discussion: "All but stored may change what is sampled, and are cached apart."))
  var weights: Model.Weights = .stored

  @Option(
    help: ArgumentHelp(
      "What activations are multiplied as; bfloat16 is about twice as fast and less exact.",
      discussion: "bfloat16 needs weights in bfloat16; it is cached apart."))
  var products: ModelOptionGroup.Products = .float32

  @Option(help: "How many samples grow at once; the output does not depend on it.")
  var batch: Int = EmbeddedEngine.Options().batch

  @OptionGroup var folder: CacheFolder

  @Flag(help: "Neither read nor write the rollout cache.")
  var noCache = false

  func validate() throws {
    if let fault = parameters.fault { throw ValidationError("The \(fault).") }
    guard (1...4096).contains(batch) else { throw ValidationError("--batch must be 1 to 4096.") }
    guard !models.isEmpty else {
      throw ValidationError("Give the models: --model NAME=DIR, once for each.")
    }
    guard folder.cache == nil || !noCache else {
      throw ValidationError("--cache goes without --no-cache.")
    }
  }

  private var parameters: RolloutParameters {
    var parameters = RolloutParameters()
    parameters.temperature = temperature
    parameters.topP = topP
    parameters.topK = topK
    parameters.minP = minP
    parameters.repetitionPenalty = repetitionPenalty
    parameters.maxTokens = maxTokens
    parameters.stopStrings = stop
    return parameters
  }

  /// The options of a stage with so many samples.
  func options(samples: Int) throws -> SamplingOptions {
    var options = SamplingOptions(samples: samples)
    options.parameters = parameters
    options.seed = seed
    if let prompt {
      options.cold = try PromptTemplate(cold: try TemplateFile.text(prompt), from: prompt)
    }
    return options
  }

  /// Where samples are kept.
  ///
  /// - Parameter touches: whether a cache may be made.
  func store(touches: Bool) throws -> SampleStore {
    let isMissing = !touches && !RolloutCache.isCache(folder.path)
    return noCache || isMissing ? .own : .shared(try RolloutCache(folder.path))
  }

  /// The team, every model with its adapter.
  func team(store: SampleStore, threads: Int) throws -> [SamplingModel] {
    let specs = try models.map { try ModelSpec($0) }
    let names = specs.map(\.name)
    for name in names where names.count(where: { $0 == name }) > 1 {
      throw RolloutError(name, "names two models; give them names of their own with NAME=DIR")
    }
    var adapterFolders: [String: String] = [:]
    for spec in try adapters.map({ try AdapterSpec($0) }) {
      guard names.contains(spec.name) else {
        throw RolloutError(
          spec.name,
          "is no model here, but has an adapter; there are \(names.joined(separator: ", "))")
      }
      guard adapterFolders.updateValue(spec.folder, forKey: spec.name) == nil else {
        throw RolloutError(spec.name, "has two adapters; give one")
      }
    }
    var options = EmbeddedEngine.Options()
    options.weights = weights
    options.precision = products == .float32 ? .float32 : .bfloat16
    options.batch = batch
    options.threads = threads
    var memory: RolloutCache?
    if case .shared(let cache) = store { memory = cache }
    return try specs.map { spec in
      SamplingModel(
        name: spec.name,
        engine: try EmbeddedEngine(
          folder: spec.folder, adapter: adapterFolders[spec.name], format: chat.format,
          options: options, memory: memory))
    }
  }
}
