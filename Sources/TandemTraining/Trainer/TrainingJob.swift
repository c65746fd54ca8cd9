/// A training run: which model on which data, how, and where to.
package struct TrainingJob: Sendable {
  /// The folder of the base model.
  package var model: String
  /// What cards and configurations call it.
  package var modelName: String
  /// The adapter to go on with; nil begins with a fresh one.
  package var initialAdapter: String?
  /// Begins with random weights, from the configuration alone.
  package var startsFresh = false
  package var output: String
  package var options: TrainingOptions
  package var data: TrainingData
  package var workers: Workers

  /// A run from its parts.
  package init(
    model: String, modelName: String, output: String, options: TrainingOptions,
    data: TrainingData, workers: Workers
  ) {
    self.model = model
    self.modelName = modelName
    self.output = output
    self.options = options
    self.data = data
    self.workers = workers
  }
}

/// What happens in a run, as it happens.
package enum TrainingEvent: Sendable {
  /// How much there is to do, and where a run that goes on begins.
  case begins(steps: Int, from: Int, memory: MemoryEstimate)
  case warning(TrainingWarning)
  /// Logprobs are made before the first step.
  case scoring(sequences: Int)
  case step(StepMetrics)
  case saved(step: Int)
}

/// What a run came to.
package struct TrainingOutcome: Hashable, Sendable {
  /// Whether nothing was left to do.
  package var wasDone: Bool
  package var steps: Int
  package var last: StepMetrics?
}

extension TrainingJob {
  /// The steps of the whole run.
  package var stepCount: Int {
    options.steps ?? options.epochs * plan.stepsPerEpoch
  }

  var plan: UpdatePlan {
    UpdatePlan(problems: data.problems.count, batch: options.batch, seed: options.seed)
  }

  /// The sequences of a step.
  func sequences(at step: Int, order: [Int]) -> [Int] {
    plan.places(at: step).flatMap { data.problems[order[$0]] }
  }

  /// The largest micro-batches of all steps, and of the pass before them where there is one.
  package func workspaceSize() -> WorkspaceSize {
    var size = WorkspaceSize(
      rows: 0, targets: 0, longest: 0, recomputesLayers: options.recomputesLayers)
    func take(_ batches: [[Int]]) {
      let other = MicroBatches.size(batches, of: data)
      size.rows = max(size.rows, other.rows)
      size.targets = max(size.targets, other.targets)
      size.longest = max(size.longest, other.longest)
    }
    var order: [Int] = []
    for step in 0..<stepCount {
      if step % plan.stepsPerEpoch == 0 { order = plan.order(ofEpoch: step / plan.stepsPerEpoch) }
      take(
        MicroBatches.cut(
          sequences(at: step, order: order), of: data, budget: options.tokenBudget))
    }
    if data.lacksBehaviour || options.resolvedBeta != 0 {
      take(
        MicroBatches.cut(
          Array(data.sequences.indices), of: data, budget: options.tokenBudget))
    }
    return size
  }
}
