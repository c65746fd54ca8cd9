internal import TandemJSON
internal import TandemLM
internal import TandemShards

/// Everything that a run needs to go on: parameters, the optimiser's means, the step, and what the run is.
///
/// One file, which appears whole or not at all. The order of the data and all random numbers follow from the seed and
/// the step.
struct TrainerState {
  let path: String
  let identity: TrainingIdentity

  static let fileName = "checkpoint.safetensors"

  /// Where a run stands.
  struct Position: Hashable {
    /// Steps taken.
    var step = 0
    /// Steps in a row whose effective sample size was too small.
    var staleSteps = 0
  }

  init(folder: String, identity: TrainingIdentity) {
    path = folder + "/" + Self.fileName
    self.identity = identity
  }

  /// Writes the state, replacing an older one.
  func save(_ position: Position, _ parameters: ParameterStore, _ optimiser: AdamW) throws {
    var tensors: [SafetensorsWriter.Tensor] = []
    for entry in parameters.entries {
      for (kind, memory) in kinds(parameters, optimiser) {
        let numbers = UnsafeRawBufferPointer(
          start: memory.base + entry.range.lowerBound, count: entry.range.count * 4)
        tensors.append(
          SafetensorsWriter.Tensor(
            name: kind + "." + entry.name, type: .f32, shape: entry.shape, bytes: Array(numbers)))
      }
    }
    var file = try AtomicFile(path)
    let metadata = [
      ("identity", identity.json.json), ("stale_steps", String(position.staleSteps)),
      ("step", String(position.step)),
    ]
    try SafetensorsWriter.write(tensors, metadata: metadata) { try file.write($0) }
    try file.commit()
  }

  /// Takes up the state that an earlier process left.
  ///
  /// - Returns: where it stands; the beginning when there is none.
  /// - Throws: ``TrainingError`` naming the difference when it is another run's.
  func load(_ parameters: ParameterStore, _ optimiser: AdamW) throws -> Position {
    guard Folder.exists(path) else { return Position() }
    let file = try SafetensorsFile(path)
    guard let text = file.metadata["identity"],
      let json = try? JSONValue(parsing: Array(text.utf8)),
      let earlier = TrainingIdentity(json), let step = file.metadata["step"].flatMap({ Int($0) }),
      let staleSteps = file.metadata["stale_steps"].flatMap({ Int($0) }), step >= 0
    else { throw TrainingError(path, "is no checkpoint of this program; remove it to start again") }
    if let difference = identity.difference(from: earlier) {
      throw TrainingError(
        path, "is of another run: \(difference); give another --out, or remove it to start again")
    }
    for entry in parameters.entries {
      for (kind, memory) in kinds(parameters, optimiser) {
        let numbers = try file.floats(kind + "." + entry.name, shape: entry.shape)
        numbers.withUnsafeBufferPointer { source in
          guard let start = source.baseAddress else { return }
          (memory.base + entry.range.lowerBound).update(from: start, count: source.count)
        }
      }
    }
    optimiser.step = step
    return Position(step: step, staleSteps: staleSteps)
  }

  private func kinds(_ parameters: ParameterStore, _ optimiser: AdamW) -> [(String, FloatMemory)] {
    [("value", parameters.values), ("mean", optimiser.means), ("square", optimiser.squares)]
  }
}
