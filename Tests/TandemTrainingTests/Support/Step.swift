import TandemLM

@testable import TandemTraining

/// One micro-batch after another through a model, without a trainer.
struct Step {
  let decoder: Decoder
  let objective: Objective
  let sequences: [TrainingSequence]
  var usesReference = false
  /// Sequences a micro-batch.
  var cut = 4
  var recomputesLayers = false

  /// Clears the gradients and adds those of the loss.
  ///
  /// - Returns: the tally with the loss.
  func callAsFunction() throws -> UpdateTally {
    let size = UpdateSize(
      traces: sequences.count, tokens: sequences.reduce(0) { $0 + $1.scored.count }, longest: 16)
    let workspace = try decoder.workspace(
      WorkspaceSize(
        rows: sequences.reduce(0) { $0 + $1.tokens.count }, targets: size.tokens,
        longest: sequences.map(\.tokens.count).max() ?? 0, recomputesLayers: recomputesLayers))
    var tally = UpdateTally()
    decoder.parameters.clearGradients()
    for start in stride(from: 0, to: sequences.count, by: cut) {
      let part = sequences[start..<min(start + cut, sequences.count)]
      var batch = PackedBatch()
      for sequence in part { batch.append(sequence) }
      let reference =
        usesReference
        ? decoder.forward(batch, workspace, usesAdapter: false, prepares: false) : nil
      let scores = decoder.forward(batch, workspace)
      var coefficients: [Float] = []
      for (sequence, range) in zip(part, batch.targetsOfSequence) {
        coefficients += objective.add(
          sequence,
          Objective.Scores(
            logprobs: scores.logprobs[range], entropies: scores.entropies[range],
            reference: reference?.logprobs[range]), of: size, to: &tally)
      }
      decoder.backward(batch, workspace, scores: scores, coefficients: coefficients)
    }
    return tally
  }
}

extension ParameterStore {
  /// The gradient of a tensor.
  func gradient(_ entry: Entry) -> [Float] {
    Array(
      UnsafeBufferPointer(start: gradients.base + entry.range.lowerBound, count: entry.range.count))
  }

  /// A tensor.
  func value(_ entry: Entry) -> [Float] {
    Array(
      UnsafeBufferPointer(start: values.base + entry.range.lowerBound, count: entry.range.count))
  }

  /// Takes the numbers of a tensor.
  func set(_ entry: Entry, _ numbers: [Float]) {
    for (offset, number) in numbers.enumerated() {
      values.base[entry.range.lowerBound + offset] = number
    }
  }
}
