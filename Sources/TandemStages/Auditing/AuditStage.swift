internal import Synchronization
internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
package import TandemShards

/// `audit`: what the hints of a run give away.
///
/// Reads `problems/` and `hints/`, writes `audit/`: one finding a hint that has a text, given or withheld, in the same
/// order. What is read of a gold answer is shared by the hints of a problem.
package struct AuditStage: Sendable {
  private static let version = 1

  private let run: RunFolder
  private let derivable: Bool
  private let probe: HintProbe?

  /// A stage.
  ///
  /// - Parameters:
  ///   - derivable: whether arithmetic that comes to the answer is looked for too
  ///   - probe: asks a model about every hint as well
  package init(run: RunFolder, derivable: Bool = true, probe: HintProbe? = nil) {
    self.run = run
    self.derivable = derivable
    self.probe = probe
  }

  /// What was made.
  package struct Outcome: Sendable {
    package var manifest: Manifest
    package var made: Int
    package var tally: AuditTally
  }

  /// The stage as it would be done: which parts are kept and which made.
  package func preview(context: StageContext) throws -> StagePreview {
    try StagePreview(
      Finding.self, in: run.audit, plan: plan, inputs: try inputs(), context: context)
  }

  /// Audits the hints, and counts what is found over all parts.
  ///
  /// - Parameter shown: how many of the worst hints the tally keeps
  package func callAsFunction(shown: Int, context: StageContext) throws -> Outcome {
    let inputs = try inputs()
    // One model at a time: it has all threads to itself.
    var partContext = context
    if probe != nil { partContext.threads = 1 }
    let map = try PartMap(over: inputs, context: partContext)
    let output = try StageOutput<Finding>(run.audit, plan: plan, compression: context.compression)
    let made = Mutex<[Int: AuditTally]>([:])
    let outcome = try map.run(into: output) { part, writer in
      let audit = PartAudit(
        part, problems: inputs[0], hints: inputs[1], derivable: derivable, probe: probe,
        threads: map.threadsPerPart, context: context)
      let tally = try audit(into: &writer, tally: AuditTally(shown: shown))
      made.withLock { $0[part] = tally }
    }
    let tallies = made.withLock { $0 }
    let tally = try Parallel.map(Array(0..<map.count), threads: context.threads) { part in
      try tallies[part] ?? Self.tally(AuditedHintReader(part, in: run), shown: shown)
    }.reduce(into: AuditTally(shown: shown)) { $0.add($1) }
    let manifest = try output.finish(parts: outcome.parts, summary: tally.json)
    return Outcome(manifest: manifest, made: outcome.made, tally: tally)
  }

  private func inputs() throws -> [StageInput] {
    [try StageInput(run.problems), try StageInput(run.hints)]
  }

  private var plan: Plan {
    var options = JSONObject()
    options["auditor_version"] = .number(LeakAuditor.version)
    options["derivable"] = .bool(derivable)
    options["probe"] = probe?.json
    return Plan(stage: "audit", stageVersion: Self.version, options: options)
  }

  /// The counts of a part that was made before.
  private static func tally(_ reader: consuming AuditedHintReader, shown: Int) throws -> AuditTally
  {
    var tally = AuditTally(shown: shown)
    while let hint = try reader.next() { tally.add(hint) }
    tally.addWithoutText(reader.withoutText)
    return tally
  }
}
