import TandemLM
import TandemTestSupport
import Testing

@testable import TandemTraining

/// Gradients against central differences of an independent forward in double precision.
struct GradientTests {
  private static let tolerance = 1e-4

  @Test(arguments: ModelConfiguration.Architecture.allCases, [true, false])
  func `Every parameter of every layer`(
    architecture: ModelConfiguration.Architecture, tied: Bool
  ) throws {
    let folder = try WorkFolder()
    let model = try TinyModel(architecture, tied: tied, seed: 3, in: folder)
    let decoder = try Decoder(
      model.configuration, checkpoint: Checkpoint(folder: model.folder), training: .everything,
      positions: 32, workers: Workers(threads: 1))
    var sequences = Self.sequences(seed: 4)
    for index in sequences.indices { sequences[index].behaviour = nil }
    let objective = Objective(loss: Reinforce(), reduction: .trace, beta: 0)
    _ = try Step(decoder: decoder, objective: objective, sequences: sequences, cut: 2)()
    let loss = ReferenceLoss(name: .reinforce, reduction: .trace, beta: 0, longest: 16)
    let reference = ReferenceModel(
      configuration: model.configuration, tensors: try model.weights())
    try compare(decoder.parameters, reference) { changed in
      loss(
        sequences, logprobs: Self.logprobs(changed, sequences),
        reference: sequences.map { $0.scored.map { _ in 0 } })
    }
  }

  @Test(arguments: PolicyLossName.allCases, Reduction.allCases)
  func `Every loss and reduction`(name: PolicyLossName, reduction: Reduction) throws {
    let folder = try WorkFolder()
    let architecture = ModelConfiguration.Architecture.allCases[reduction == .trace ? 0 : 1]
    let model = try TinyModel(architecture, tied: true, seed: 5, in: folder)
    let plan = AdapterPlan(
      rank: 3, alpha: 4, isStabilised: reduction == .token,
      targets: reduction == .constant ? [.value, .down, .gate] : Set(Projection.allCases))
    let decoder = try Decoder(
      model.configuration, checkpoint: Checkpoint(folder: model.folder), training: .adapter(plan),
      positions: 32, workers: Workers(threads: 1))
    var random = Draws(seed: 6)
    for entry in decoder.parameters.entries {
      decoder.parameters.set(entry, entry.range.map { _ in Float(0.2 * random.normal()) })
    }
    var reference = ReferenceModel(
      configuration: model.configuration, tensors: try model.weights(), adapterScale: plan.scale)
    var sequences = Self.sequences(seed: 7)
    let base = Self.logprobs(reference, sequences)
    for entry in decoder.parameters.entries {
      reference.tensors[entry.name] = decoder.parameters.value(entry).map(Double.init)
    }
    let start = Self.logprobs(reference, sequences)
    for index in sequences.indices {
      sequences[index].behaviour = start[index].map { Float($0 + 0.3 * random.normal()) }
    }
    let beta = 0.05
    let objective = Objective(loss: name.loss(), reduction: reduction, beta: beta)
    let step = Step(
      decoder: decoder, objective: objective, sequences: sequences, usesReference: true, cut: 2,
      recomputesLayers: reduction == .token)
    let tally = try step()
    var loss = ReferenceLoss(name: name, reduction: reduction, beta: beta, longest: 16)
    loss.constantRatios = zip(start, sequences).map { logprobs, sequence in
      zip(logprobs, sequence.behaviour ?? []).map { ($0 - Double($1)).exponential }
    }
    let expected = loss(sequences, logprobs: start, reference: base)
    #expect(abs(tally.loss - expected) < 1e-5 * max(1, abs(expected)))
    try compare(decoder.parameters, reference, directions: name == .grpo ? nil : 3) { changed in
      loss(sequences, logprobs: Self.logprobs(changed, sequences), reference: base)
    }
  }

  @Test func `Blocks of queries, tokens and words`() throws {
    let folder = try WorkFolder()
    let model = try TinyModel(.qwen2, tied: false, seed: 9, in: folder, vocabulary: 1100)
    let decoder = try Decoder(
      model.configuration, checkpoint: Checkpoint(folder: model.folder), training: .everything,
      positions: 300, workers: Workers(threads: 2))
    var random = Draws(seed: 10)
    // Both are longer than a block of queries; together they have more tokens than a block of the head.
    let sequences = [135, 145].map { count in
      TrainingSequence(
        id: "\(count)", problem: "",
        tokens: (0..<count).map { _ in Int32(random.int(below: 1100)) },
        scored: Array(1..<count))
    }
    let tally = try Step(decoder: decoder, objective: .crossEntropy, sequences: sequences)()
    let reference = ReferenceModel(
      configuration: model.configuration, tensors: try model.weights())
    let loss = ReferenceLoss(name: .reinforce, reduction: .token, beta: 0, longest: 16)
    func value(_ model: ReferenceModel) -> Double {
      loss(
        sequences, logprobs: Self.logprobs(model, sequences),
        reference: sequences.map { $0.scored.map { _ in 0 } })
    }
    #expect(abs(tally.loss - value(reference)) < 1e-5)
    try compare(decoder.parameters, reference, directions: 1, value)
  }

  /// Compares gradients with differences along random directions, of every tensor alone, or some of all together.
  private func compare(
    _ parameters: ParameterStore, _ reference: ReferenceModel, directions: Int? = nil,
    _ loss: (ReferenceModel) -> Double
  ) throws {
    var random = Draws(seed: 8)
    var worst = (error: 0.0, name: "")
    let entries = parameters.entries
    let groups = directions.map { [[ParameterStore.Entry]](repeating: entries, count: $0) }
    for group in groups ?? entries.map({ [$0] }) {
      let direction = group.map { entry in entry.range.map { _ in random.normal() } }
      let step = 1e-5
      func moved(_ distance: Double) -> Double {
        var changed = reference
        for (entry, direction) in zip(group, direction) {
          changed.tensors[entry.name] = zip(reference.tensors[entry.name] ?? [], direction).map {
            $0 + distance * $1
          }
        }
        return loss(changed)
      }
      let expected = (moved(step) - moved(-step)) / (2 * step)
      let gradient = group.flatMap { parameters.gradient($0).map(Double.init) }
      let found = zip(gradient, direction.joined()).reduce(0) { $0 + $1.0 * $1.1 }
      // A direction can be nearly orthogonal to the gradient by chance: then what a usual one gives counts.
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let error = abs(found - expected) / max(abs(expected), 0.3 * norm, 1e-9)
      if error > worst.error { worst = (error, group[0].name) }
    }
    #expect(worst.error < Self.tolerance, "\(worst.name)")
  }

  private static func logprobs(_ model: ReferenceModel, _ sequences: [TrainingSequence])
    -> [[Double]]
  {
    sequences.map { sequence in
      model.logprobs(
        of: sequence.tokens, at: sequence.scored, temperature: sequence.temperature)
    }
  }

  /// Sequences of several lengths, one of each kind that a loss tells apart.
  private static func sequences(seed: Int) -> [TrainingSequence] {
    var random = Draws(seed: seed)
    return (0..<5).map { index in
      let count = 3 + random.int(below: 6)
      let tokens = (0..<count).map { _ in Int32(random.int(below: 24)) }
      var sequence = TrainingSequence(
        id: "\(index)", problem: "\(index)", tokens: tokens,
        scored: (1..<count).filter { _ in random.uniform() < 0.8 })
      if sequence.scored.isEmpty { sequence.scored = [count - 1] }
      sequence.advantage = index.isMultiple(of: 2) ? 0.9 : -1.2
      sequence.weight = index == 1 ? 0.8 : 1
      sequence.isRescue = index == 1
      sequence.isOffPrompt = index == 3
      sequence.temperature = index == 4 ? 0.7 : 1
      return sequence
    }
  }
}
