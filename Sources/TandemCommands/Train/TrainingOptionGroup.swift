internal import ArgumentParser
internal import TandemLM
internal import TandemTraining

/// How `train` trains.
struct TrainingOptionGroup: ParsableArguments {
  private static let defaults = TrainingOptions(objective: .policyGradient)
  private static let plan = AdapterPlan()

  // MARK: The loss

  @Option(help: "The loss of policy-gradient.")
  var loss: PolicyLossName = defaults.loss

  @Option(help: "How traces are summed up; as the loss usually does by default.")
  var reduction: Reduction?

  @Option(help: "How far below 1 a ratio may be; as the loss usually does by default.")
  var clipLow: Double?

  @Option(help: "How far above 1 a ratio may be; as the loss usually does by default.")
  var clipHigh: Double?

  @Option(
    help: "The weight of the divergence from the base; 0.04 for grpo and 0 for others by default.")
  var beta: Double?

  @Option(
    help: ArgumentHelp(
      "Where the logprobs of the model that sampled come from.",
      discussion:
        "By default as stored, and recomputed where none are. `sampling` scores at the temperature that sampled."
    ))
  var behaviour: BehaviourSource?

  @Option(help: "The most tokens that could be generated, for the reduction constant.")
  var maxGenerated: Int = defaults.maxGenerated

  @Option(help: "Stop when the effective sample size is below this share in two steps in a row.")
  var minEss: Double = defaults.minESS

  // MARK: The steps

  @Option(help: "How often all problems are taken.")
  var epochs: Int = defaults.epochs

  @Option(help: "Take so many steps, whatever the epochs.")
  var steps: Int?

  @Option(help: "Problems of one step.")
  var batch: Int = defaults.batch

  @Option(
    help: ArgumentHelp(
      "Tokens that are computed at once; a step is cut by it.",
      discussion: "Decides the memory of activations, and the last bits of the result."))
  var tokenBudget: Int = defaults.tokenBudget

  @Flag(help: "Compute layers again on the way back: much less memory, a third more time.")
  var recomputeLayers = false

  @Option(help: "The highest learning rate; 1e-5 for adapters is the method's.")
  var learningRate: Double = defaults.learningRate.peak

  @Option(help: "How the rate goes on after the warm-up.")
  var schedule: LearningRate.Shape = defaults.learningRate.shape

  @Option(help: "The share of the steps in which the rate rises.")
  var warmup: Double = defaults.learningRate.warmup

  @Option(help: "The weight decay of AdamW.")
  var weightDecay: Double = defaults.adamW.decay

  @Option(help: "The largest norm of a gradient.")
  var gradClip: Double = defaults.clipNorm

  @Option(help: "Decides the order of the problems and the first weights.")
  var seed: Int = defaults.seed

  @Option(help: "Steps between two checkpoints.")
  var saveEvery: Int = defaults.saveEvery

  // MARK: The adapter

  @Option(help: "The adapter's rank.")
  var rank: Int = plan.rank

  @Option(help: "The adapter's alpha.")
  var alpha: Double = plan.alpha

  @Flag(help: "Scale by alpha / sqrt(rank) instead of alpha / rank.")
  var rslora = false

  @Option(
    help: ArgumentHelp(
      "The matrices with an adapter, apart by commas.", valueName: "q,k,v,o,gate,up,down"))
  var targets: TargetList = TargetList(projections: Set(Projection.allCases))

  func validate() throws {
    for (name, value) in [
      ("--epochs", epochs), ("--batch", batch), ("--token-budget", tokenBudget),
      ("--save-every", saveEvery), ("--rank", rank), ("--max-generated", maxGenerated),
      ("--steps", steps ?? 1),
    ] where value < 1 {
      throw ValidationError("\(name) must be at least 1.")
    }
    for (name, value) in [
      ("--clip-low", clipLow ?? 0), ("--clip-high", clipHigh ?? 0), ("--beta", beta ?? 0),
      ("--learning-rate", learningRate), ("--weight-decay", weightDecay), ("--min-ess", minEss),
    ] where !(value >= 0 && value.isFinite) {
      throw ValidationError("\(name) must be at least 0.")
    }
    guard (0...1).contains(warmup) else { throw ValidationError("--warmup must be 0 to 1.") }
    guard gradClip > 0 else { throw ValidationError("--grad-clip must be above 0.") }
    guard rank <= 1 << 14 else { throw ValidationError("--rank must be at most \(1 << 14).") }
    guard (clipLow == nil) == (clipHigh == nil) else {
      throw ValidationError("--clip-low and --clip-high go together.")
    }
  }

  /// What was asked for.
  func options(for objective: ObjectiveName) -> TrainingOptions {
    var options = TrainingOptions(objective: objective)
    options.loss = loss
    options.reduction = reduction
    if let clipLow, let clipHigh { options.clip = RatioClip(low: clipLow, high: clipHigh) }
    options.beta = beta
    options.behaviour = behaviour
    options.maxGenerated = maxGenerated
    options.minESS = minEss
    options.epochs = epochs
    options.steps = steps
    options.batch = batch
    options.tokenBudget = tokenBudget
    options.recomputesLayers = recomputeLayers
    options.learningRate = LearningRate(peak: learningRate, shape: schedule, warmup: warmup)
    options.adamW.decay = weightDecay
    options.clipNorm = gradClip
    options.seed = seed
    options.saveEvery = saveEvery
    if objective != .pretrain {
      options.adapter = AdapterPlan(
        rank: rank, alpha: alpha, isStabilised: rslora, targets: targets.projections)
    }
    return options
  }
}

extension PolicyLossName: ExpressibleByArgument {}
extension Reduction: ExpressibleByArgument {}
extension BehaviourSource: ExpressibleByArgument {}
extension LearningRate.Shape: ExpressibleByArgument {}

/// Matrices by their short names.
struct TargetList: ExpressibleByArgument {
  let projections: Set<Projection>

  init(projections: Set<Projection>) {
    self.projections = projections
  }

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let found = names.compactMap { name in
      Projection.allCases.first { $0.rawValue == name || $0.rawValue == name + "_proj" }
    }
    guard found.count == names.count else { return nil }
    projections = Set(found)
  }

  var defaultValueDescription: String {
    Projection.allCases.filter(projections.contains)
      .map { String($0.rawValue.dropLast("_proj".count)) }.joined(separator: ",")
  }
}
