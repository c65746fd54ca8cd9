internal import TandemJSON
internal import TandemRecords
package import TandemShards
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

  /// What was done.
  package struct Outcome: Sendable {
    package var manifest: Manifest
    /// Whether everything was there already.
    package var upToDate: Bool
  }

  /// Whether the problems are there already, for `--dry-run`.
  package func preview(context: StageContext) throws -> String {
    let plan = request.plan.compressed(context.compression)
    if finished(planDigest: plan.digest) != nil { return "\(run.problems): up to date" }
    let names = request.inputs.map(\.name).joined(separator: ", ")
    return "\(run.problems): would be made from \(names)"
  }

  /// Reads, checks, cleans, chooses and deals.
  package func callAsFunction(context: StageContext) throws -> Outcome {
    let output = try StageOutput<Problem>(
      run.problems, plan: request.plan, compression: context.compression)
    if let manifest = finished(planDigest: output.planDigest) {
      return Outcome(manifest: manifest, upToDate: true)
    }
    var rejects = RejectWriter(in: output.folder)
    var spool = try Spool<Problem>("problems", in: output.folder)
    var strata: [String] = []
    context.progress.begin("ingest", unit: "rows", total: nil)
    let read = try readRows(into: &spool, strata: &strata, rejects: &rejects, context: context)
    let chosen = request.sample?.rows(strata: strata, seed: request.seed)
    let deal = PartDeal(rows: chosen?.count ?? spool.rows, parts: request.parts)
    let parts = try write(deal, of: &spool, chosen: chosen, into: output, context: context)
    let summary = summary(read: read, accepted: spool.rows, rejects: rejects.counts)
    try rejects.finish()
    return Outcome(
      manifest: try output.finish(parts: parts, summary: summary), upToDate: false)
  }

  private func finished(planDigest: String) -> Manifest? {
    guard let manifest = try? Manifest(of: run.problems), manifest.plan == planDigest else {
      return nil
    }
    let isWhole = manifest.parts.enumerated().allSatisfy { index, part in
      StageOutput<Problem>.finished(index, in: run.problems, fingerprint: part.fingerprint) == part
    }
    return isWhole ? manifest : nil
  }

  /// Fills the spool and returns how many rows were read.
  private func readRows(
    into spool: inout Spool<Problem>, strata: inout [String], rejects: inout RejectWriter,
    context: StageContext
  ) throws -> Int {
    var maker = ProblemMaker(request)
    var cleaner = Cleaner(request.cleaning)
    var read = 0
    for input in request.inputs {
      let reader = try SourceReader(path: input.path, options: input.options)
      while spool.rows < request.limit ?? .max, let row = try reader.next() {
        try context.cancellation.check()
        read += 1
        context.progress.advance(1)
        guard let problem = try problem(of: row, input, &maker, &rejects) else { continue }
        if let reject = cleaner.reject(problem) {
          try rejects.write(reject)
          continue
        }
        try spool.write(problem)
        if let sample = request.sample {
          strata.append(sample.stratify?.value(of: problem) ?? "")
        }
      }
    }
    return read
  }

  private func problem(
    of row: SourceRow, _ input: IngestInput, _ maker: inout ProblemMaker,
    _ rejects: inout RejectWriter
  ) throws -> Problem? {
    let fault: (reason: String, field: String?)
    do {
      let mapped = try input.fields.problem(from: row)
      do throws(ProblemMaker.Fault) { return try maker.problem(mapped, from: row) } catch {
        fault = (error.reason, error.field)
      }
    } catch {
      if request.onError == .stop { throw error }
      fault = (error.message, nil)
    }
    if request.onError == .stop {
      throw SourceError(
        row.file, row: row.row, "\(fault.reason); --on-error skip leaves such rows out")
    }
    try rejects.write(
      Reject(
        stage: "ingest", file: row.file, row: row.row,
        cause: fault.field == "gold" ? "gold answer" : "field", reason: fault.reason,
        field: fault.field))
    return nil
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

  private func summary(read: Int, accepted: Int, rejects: [(cause: String, rows: Int)])
    -> JSONObject
  {
    var summary = JSONObject()
    if let provenance = request.provenance {
      summary["title"] = .string(provenance.title)
      summary["licence"] = .string(provenance.licence)
      summary["homepage"] = .string(provenance.homepage)
    }
    summary["rows_read"] = .number(read)
    summary["problems_accepted"] = .number(accepted)
    summary["left_out"] = .object(
      JSONObject(rejects.map { .init(key: $0.cause, value: .number($0.rows)) }))
    return summary
  }
}
