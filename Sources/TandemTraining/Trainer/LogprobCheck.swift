package import TandemJSON

/// How the stored logprobs of one engine and mode compare with those of the model.
package struct LogprobCheck: Hashable, Sendable {
  package var engine: String
  package var mode: String
  package var examples = 0
  package var tokens = 0
  /// The mean of the distances of two logprobs; nil where none are stored.
  package var meanDistance: Double?
  /// Of a hundred distances the largest but one.
  package var percentile99: Double?
  /// The share of tokens whose ratio of probabilities is not within 0.9 and 1.1.
  package var shareOutside: Double?

  /// One row.
  package var json: JSONValue {
    func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "engine": .string(engine), "mode": .string(mode), "examples": .number(examples),
      "tokens": .number(tokens), "mean_distance": optional(meanDistance),
      "p99_distance": optional(percentile99), "share_outside": optional(shareOutside),
    ]
  }
}

extension TrainingJob {
  /// Scores every example by the model that a run would begin with, and compares.
  ///
  /// - Returns: one row for every engine and mode, sorted.
  package func checkLogprobs() throws -> [LogprobCheck] {
    let decoder = try makeDecoder()
    let pass = LogprobPass(decoder: decoder, data: data, tokenBudget: options.tokenBudget)
    let workspace = try decoder.workspace(MicroBatches.size(pass.batches, of: data))
    let logprobs = pass(usesAdapter: true, workspace)
    var places: [String: [Int]] = [:]
    for (index, sequence) in data.sequences.enumerated() {
      places[sequence.origin.engine + "\n" + sequence.origin.mode, default: []].append(index)
    }
    return places.keys.sorted().map { key in
      let indices = places[key] ?? []
      let origin = data.sequences[indices[0]].origin
      var check = LogprobCheck(engine: origin.engine, mode: origin.mode)
      var (distances, outside): ([Double], Int) = ([], 0)
      for index in indices {
        check.examples += 1
        check.tokens += data.sequences[index].scored.count
        for pair in zip(logprobs[index], data.sequences[index].behaviour ?? []) {
          let logRatio = Double(pair.0) - Double(pair.1)
          distances.append(abs(logRatio))
          if !(0.9...1.1).contains(logRatio.exponential) { outside += 1 }
        }
      }
      guard !distances.isEmpty else { return check }
      let count = Double(distances.count)
      check.meanDistance = distances.reduce(0, +) / count
      check.percentile99 = distances.sorted()[Int(0.99 * (count - 1))]
      check.shareOutside = Double(outside) / count
      return check
    }
  }
}
