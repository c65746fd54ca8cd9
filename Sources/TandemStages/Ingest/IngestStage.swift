internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemSources

/// `ingest`: the rows of a data set as problems, dealt into parts once for all later stages.
///
/// Rows pass through a spool on disk, so that memory does not grow with their text.
package struct IngestStage: Sendable {
  private let run: RunFolder
  private let request: IngestRequest

  package init(run: RunFolder, request: IngestRequest) {
    self.run = run
    self.request = request
  }

  /// Whether the problems are there already, for `--dry-run`.
  package func preview(context: StageContext) throws -> String {
    let plan = request.plan.compressed(context.compression)
    if StageOutput<Problem>.manifest(in: run.problems, planDigest: plan.digest) != nil {
      return "\(run.problems): up to date"
    }
    let names = request.inputs.map(\.name).joined(separator: ", ")
    return "\(run.problems): would be made from \(names)"
  }

  /// Reads, checks, cleans, chooses and deals.
  package func callAsFunction(context: StageContext) throws -> SourceOutcome {
    let output = try StageOutput<Problem>(
      run.problems, plan: request.plan, compression: context.compression)
    if let manifest = StageOutput<Problem>.manifest(
      in: run.problems, planDigest: output.planDigest)
    {
      return SourceOutcome(manifest: manifest, upToDate: true)
    }
    var intake = ProblemIntake(request, folder: output.folder)
    var spool = try Spool<Problem>("problems", in: output.folder)
    context.progress.begin("ingest", unit: "rows", total: nil)
    try intake.read(into: &spool, context: context)
    let chosen = request.sample?.rows(strata: intake.strata, seed: request.seed)
    let deal = PartDeal(rows: chosen?.count ?? spool.rows, parts: request.parts)
    let parts = try write(deal, of: &spool, chosen: chosen, into: output, context: context)
    let summary = intake.summary
    try intake.rejects.finish()
    return SourceOutcome(
      manifest: try output.finish(parts: parts, summary: summary), upToDate: false)
  }

  private func write(
    _ deal: PartDeal, of spool: inout Spool<Problem>, chosen: [Int]?,
    into output: borrowing StageOutput<Problem>, context: StageContext
  ) throws -> [Manifest.Part] {
    var reader = try spool.read()
    var position = 0
    var parts: [Manifest.Part] = []
    for part in 0..<deal.parts {
      let fingerprint = Fingerprint.of(
        planDigest: output.planDigest, inputs: ["part \(part) of \(deal.parts)"])
      var writer = try output.writer(part, fingerprint: fingerprint)
      for index in deal.range(part) {
        try context.cancellation.check()
        let wanted = chosen?[index] ?? index
        while position < wanted {
          _ = try reader.next()
          position += 1
        }
        guard let problem = try reader.next() else { break }
        position += 1
        try writer.write(problem)
      }
      parts.append(try output.commit(writer))
    }
    return parts
  }
}
