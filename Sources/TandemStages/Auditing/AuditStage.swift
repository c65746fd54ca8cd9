internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
package import TandemShards

/// `audit`: what the hints of a run give away.
///
/// Reads `problems/` and `hints/`, writes `audit/`: one finding a hint that has a text, given or withheld, in the same
/// order. What is read of a gold answer is shared by the hints of a problem.
package struct AuditStage: Sendable {
  /// Problems that are audited at once when a part has several threads to itself.
  private static let batch = 256
  private static let version = 1

  private let run: RunFolder
  private let derivable: Bool

  /// A stage; `derivable` says whether arithmetic that comes to the answer is looked for too.
  package init(run: RunFolder, derivable: Bool = true) {
    self.run = run
    self.derivable = derivable
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
    let map = try PartMap(over: inputs, context: context)
    let output = try StageOutput<Finding>(run.audit, plan: plan, compression: context.compression)
    let outcome = try map.run(into: output) { part, writer in
      try audit(
        part, problems: inputs[0], hints: inputs[1], threads: map.threadsPerPart, context: context,
        into: &writer)
    }
    let tallies = try Parallel.map(outcome.parts.indices.map { $0 }, threads: context.threads) {
      part in
      var tally = AuditTally(shown: shown)
      var reader = try AuditedHintReader(part, in: run)
      while let hint = try reader.next() { tally.add(hint) }
      for _ in 0..<reader.withoutText { tally.addWithoutText() }
      return tally
    }
    let tally = tallies.reduce(into: AuditTally(shown: shown)) { $0.add($1) }
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
    return Plan(stage: "audit", stageVersion: Self.version, options: options)
  }

  private func audit(
    _ part: Int, problems: StageInput, hints: StageInput, threads: Int, context: StageContext,
    into writer: inout PartWriter<Finding>
  ) throws {
    var problemReader = try problems.rows(part, as: Problem.self)
    var groups = try GroupReader<Hint>(try hints.rows(part), beside: problems.path(part))
    var batch: [(problem: Problem, hints: [Hint])] = []
    var passed = 0
    func flush() throws {
      let audited = try Parallel.map(batch, threads: threads) {
        findings($0.hints, of: $0.problem)
      }
      for findings in audited { for finding in findings { try writer.write(finding) } }
      context.progress.advance(passed)
      passed = 0
      batch.removeAll(keepingCapacity: true)
      try context.cancellation.check()
    }
    while let problem = try problemReader.next() {
      let hints = try groups.rows(of: problem.id).filter(\.hasText)
      passed += 1
      if !hints.isEmpty { batch.append((problem, hints)) }
      if passed >= (threads > 1 ? Self.batch : 16) { try flush() }
    }
    try flush()
    try groups.finish()
  }

  private func findings(_ hints: [Hint], of problem: Problem) -> [Finding] {
    let auditor = LeakAuditor(
      gold: problem.gold, type: problem.goldType, question: problem.question,
      choices: problem.choices)
    return hints.map { hint in
      let audit = auditor.audit(hint.text, derivable: derivable)
      return Finding(
        hintID: hint.id, problemID: hint.problemID, severity: audit.severity,
        findings: audit.findings)
    }
  }
}

extension Hint {
  /// Whether there is anything to audit: a row with the status `none` says why there is no hint.
  var hasText: Bool { status != .none }
}
