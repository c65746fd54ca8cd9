/// One update: the gradient of its micro-batches, without the optimiser's step.
struct Update {
  let decoder: Decoder
  let workspace: Workspace
  let objective: Objective
  let data: TrainingData
  /// By the model without its adapter, sequence by sequence; nil without a weight on the divergence.
  let reference: [[Float]]?
  let maxGenerated: Int

  /// Clears the gradients and adds those of the sequences.
  ///
  /// - Parameters:
  ///   - sequences: indices into the data.
  ///   - microBatches: the same, cut.
  /// - Throws: ``TrainingError`` naming the first example whose loss is not finite.
  func callAsFunction(_ sequences: [Int], cut microBatches: [[Int]]) throws(TrainingError)
    -> UpdateTally
  {
    let size = UpdateSize(
      traces: sequences.count,
      tokens: sequences.reduce(0) { $0 + data.sequences[$1].scored.count }, longest: maxGenerated)
    var tally = UpdateTally()
    decoder.parameters.clearGradients()
    for indices in microBatches {
      var batch = PackedBatch()
      for index in indices { batch.append(data.sequences[index]) }
      let scores = decoder.forward(batch, workspace)
      var coefficients: [Float] = []
      for (index, range) in zip(indices, batch.targetsOfSequence) {
        let sequence = data.sequences[index]
        coefficients += objective.add(
          sequence,
          Objective.Scores(
            logprobs: scores.logprobs[range], entropies: scores.entropies[range],
            reference: sequence.isOffPrompt ? nil : reference?[index][...]),
          of: size, to: &tally)
        guard tally.loss.isFinite, coefficients.last?.isFinite ?? true else {
          throw TrainingError(
            "the loss is not finite at example \(sequence.id): look at its tokens and logprobs, or lower the learning rate"
          )
        }
      }
      decoder.backward(batch, workspace, scores: scores, coefficients: coefficients)
    }
    return tally
  }
}
