package import TandemRecords
package import TandemShards

/// Makes the parts of a stage that are not there yet, each from the parts of the same number before it.
package struct PartMap: Sendable {
  /// What was done.
  package struct Outcome: Sendable {
    package var parts: [Manifest.Part]
    /// How many of them had to be made.
    package var made: Int
  }

  private let inputs: [StageInput]
  private let context: StageContext

  /// A map over the parts of finished stages, all dealt alike.
  ///
  /// - Throws: ``ShardError`` when they are not.
  package init(over inputs: [StageInput], context: StageContext) throws {
    for input in inputs.dropFirst() { try input.requireAligned(with: inputs[0]) }
    self.inputs = inputs
    self.context = context
  }

  package var count: Int { inputs[0].manifest.parts.count }

  /// Threads that one part may use, when fewer parts than threads are at work.
  package var threadsPerPart: Int { max(1, context.threads / max(1, min(count, context.threads))) }

  /// Makes what is missing with `make`, which writes the rows of a part.
  ///
  /// - Parameter prepare: what is done before for all missing parts at once.
  package func run<Row: Record>(
    into output: borrowing StageOutput<Row>,
    prepare: ([Int]) throws -> Void = { _ in },
    make: @Sendable (Int, inout PartWriter<Row>) throws -> Void
  ) throws -> Outcome {
    let fingerprints = fingerprints(planDigest: output.planDigest)
    var parts = [Manifest.Part?](repeating: nil, count: count)
    var missing: [Int] = []
    for index in 0..<count {
      parts[index] = StageOutput<Row>.finished(
        index, in: output.folder, fingerprint: fingerprints[index])
      if parts[index] == nil { missing.append(index) }
    }
    if !missing.isEmpty { try prepare(missing) }
    context.progress.begin(
      output.plan.stage, unit: "problems",
      total: missing.reduce(0) { $0 + inputs[0].manifest.parts[$1].rows })
    let made = try makeParts(missing, fingerprints: fingerprints, into: output, make: make)
    for (index, part) in zip(missing, made) { parts[index] = part }
    return Outcome(parts: parts.compactMap { $0 }, made: missing.count)
  }

  private func makeParts<Row: Record>(
    _ missing: [Int], fingerprints: [String], into output: borrowing StageOutput<Row>,
    make: @Sendable (Int, inout PartWriter<Row>) throws -> Void
  ) throws -> [Manifest.Part] {
    try Parallel.map(missing, threads: context.threads) { index in
      try context.cancellation.check()
      var writer = try output.writer(index, fingerprint: fingerprints[index])
      try make(index, &writer)
      return try output.commit(writer)
    }
  }

  /// What every part's content follows from: the plan and the input parts of the same number.
  func fingerprints(planDigest: String) -> [String] {
    (0..<count).map { index in
      Fingerprint.of(planDigest: planDigest, inputs: inputs.map { $0.manifest.parts[index].sha256 })
    }
  }
}
