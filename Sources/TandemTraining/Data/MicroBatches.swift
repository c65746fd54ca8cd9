/// Sequences cut into micro-batches by a budget of tokens, in their order.
enum MicroBatches {
  /// - Parameters:
  ///   - sequences: indices.
  ///   - budget: tokens of a micro-batch; a longer sequence stands alone.
  static func cut(_ sequences: [Int], of data: TrainingData, budget: Int) -> [[Int]] {
    var batches: [[Int]] = []
    var tokens = 0
    for index in sequences {
      let count = data.sequences[index].tokens.count
      if batches.isEmpty || tokens + count > budget {
        batches.append([])
        tokens = 0
      }
      batches[batches.count - 1].append(index)
      tokens += count
    }
    return batches
  }

  /// The largest micro-batches that the steps of a plan can have.
  static func size(_ batches: [[Int]], of data: TrainingData) -> WorkspaceSize {
    var size = WorkspaceSize(rows: 0, targets: 0, longest: 0, recomputesLayers: false)
    for batch in batches {
      let sequences = batch.map { data.sequences[$0] }
      size.rows = max(size.rows, sequences.reduce(0) { $0 + $1.tokens.count })
      size.targets = max(size.targets, sequences.reduce(0) { $0 + $1.scored.count })
      size.longest = max(size.longest, sequences.map(\.tokens.count).max() ?? 0)
    }
    return size
  }
}
