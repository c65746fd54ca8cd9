internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemSources

/// `import`: existing traces of any tool as the cold round.
///
/// Every trace is put beside its problem: parts are dealt as `problems/` are, and within a problem traces stand by model
/// and sample. Memory holds the index of problems and, while it is written, one part's traces.
package struct ImportStage: Sendable {
  private let run: RunFolder
  private let request: ImportRequest

  package init(run: RunFolder, request: ImportRequest) {
    self.run = run
    self.request = request
  }

  /// Whether the traces are there already, for `--dry-run`.
  package func preview(context: StageContext) throws -> String {
    let problems = try StageInput(run.problems)
    let plan = request.plan(problems: problems.manifest).compressed(context.compression)
    if StageOutput<Trace>.manifest(in: run.traces(.cold), planDigest: plan.digest) != nil {
      return "\(run.traces(.cold)): up to date"
    }
    let names = request.inputs.map(\.name).joined(separator: ", ")
    return "\(run.traces(.cold)): would be made from \(names)"
  }

  /// Reads, matches and deals.
  package func callAsFunction(context: StageContext) throws -> SourceOutcome {
    let problems = try StageInput(run.problems)
    let folder = run.traces(.cold)
    try refuseToReplaceSampledTraces(in: folder)
    let output = try StageOutput<Trace>(
      folder, plan: request.plan(problems: problems.manifest), compression: context.compression)
    if let manifest = StageOutput<Trace>.manifest(in: folder, planDigest: output.planDigest) {
      return SourceOutcome(manifest: manifest, upToDate: true)
    }
    let index = try ProblemIndex(of: problems, context: context)
    var spools = TraceSpools(parts: problems.manifest.parts.count, in: folder)
    var intake = TraceIntake(request, index: index, folder: folder)
    context.progress.begin("import", unit: "rows", total: nil)
    try intake.read(into: &spools, context: context)
    guard spools.rows > 0 else {
      throw ShardError(
        folder,
        "no trace matches a problem of \(run.problems): is the mapping right, and the data set?")
    }
    var parts: [Manifest.Part] = []
    for part in problems.manifest.parts.indices {
      try context.cancellation.check()
      parts.append(
        try write(part, from: spools, problems: problems, index: index, into: output))
    }
    let summary = intake.summary(traces: spools.rows)
    try intake.rejects.finish()
    return SourceOutcome(
      manifest: try output.finish(parts: parts, summary: summary), upToDate: false)
  }

  /// Sampled traces cost far more than imported ones: they are not thrown away by a change of plan.
  private func refuseToReplaceSampledTraces(in folder: String) throws {
    guard let manifest = try? Manifest(of: folder), manifest.stage != "import" else { return }
    throw ShardError(
      folder, "was made by `\(manifest.stage)`; import into another run, or remove the folder first"
    )
  }

  private func write(
    _ part: Int, from spools: borrowing TraceSpools, problems: StageInput, index: ProblemIndex,
    into output: borrowing StageOutput<Trace>
  ) throws -> Manifest.Part {
    let fingerprint = Fingerprint.of(
      planDigest: output.planDigest, inputs: [problems.manifest.parts[part].sha256])
    let traces = try spools.traces(of: part)
    let rows = traces.map { index.row(of: $0.problemID) }
    let order = traces.indices.sorted { a, b in
      (rows[a], traces[a].model, traces[a].sample, a)
        < (rows[b], traces[b].model, traces[b].sample, b)
    }
    var writer = try output.writer(part, fingerprint: fingerprint)
    for place in order { try writer.write(traces[place]) }
    return try output.commit(writer)
  }
}
