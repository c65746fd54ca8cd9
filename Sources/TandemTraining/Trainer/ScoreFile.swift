internal import TandemJSON
internal import TandemLM
internal import TandemShards

/// Logprobs that were made before the first step, so that a run that goes on need not make them again.
struct ScoreFile {
  static let fileName = "scores.safetensors"
  let path: String
  let identity: TrainingIdentity

  init(folder: String, identity: TrainingIdentity) {
    path = folder + "/" + Self.fileName
    self.identity = identity
  }

  /// The logprobs of a kind, sequence by sequence; nil when there are none of this run.
  func load(_ kind: String, like data: TrainingData) -> [[Float]]? {
    guard let file = try? SafetensorsFile(path), file.metadata["identity"] == identity.json.json,
      let numbers = try? file.floats(kind, shape: [data.counts.scored])
    else { return nil }
    var start = 0
    return data.sequences.map { sequence in
      defer { start += sequence.scored.count }
      return Array(numbers[start..<start + sequence.scored.count])
    }
  }

  /// Writes logprobs by their kinds.
  func save(_ scores: [String: [[Float]]]) throws {
    let tensors = scores.map { kind, logprobs in
      let numbers = Array(logprobs.joined())
      return SafetensorsWriter.Tensor(name: kind, shape: [numbers.count], values: numbers)
    }
    var file = try AtomicFile(path)
    try SafetensorsWriter.write(tensors, metadata: [("identity", identity.json.json)]) {
      try file.write($0)
    }
    try file.commit()
  }
}
