/// Scores all sequences of a run without training.
struct LogprobPass {
  let decoder: Decoder
  let data: TrainingData
  let tokenBudget: Int

  /// ln p of every token that counts, sequence by sequence.
  func callAsFunction(usesAdapter: Bool, _ workspace: Workspace) -> [[Float]] {
    var logprobs: [[Float]] = []
    for indices in batches {
      var batch = PackedBatch()
      for index in indices { batch.append(data.sequences[index]) }
      let scores = decoder.forward(
        batch, workspace, usesAdapter: usesAdapter, prepares: false)
      for range in batch.targetsOfSequence { logprobs.append(Array(scores.logprobs[range])) }
    }
    return logprobs
  }

  /// The micro-batches, in the order of the data.
  var batches: [[Int]] {
    MicroBatches.cut(Array(data.sequences.indices), of: data, budget: tokenBudget)
  }
}
