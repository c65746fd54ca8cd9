internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemSources

/// Turns rows of a source into problems, and records those that cannot be or must not be.
struct ProblemIntake: ~Copyable {
  private let request: IngestRequest
  private var maker: ProblemMaker
  private var cleaner: Cleaner
  private var read = 0
  private var accepted = 0
  private var unreadColumns: [String: String] = [:]
  /// The stratum of every problem, if a sample is wanted.
  private(set) var strata: [String] = []
  var rejects: RejectWriter

  init(_ request: IngestRequest, folder: String) {
    self.request = request
    maker = ProblemMaker(request)
    cleaner = Cleaner(request.cleaning)
    rejects = RejectWriter(in: folder)
  }

  /// Reads every input.
  ///
  /// - Throws: `SourceError` when a row cannot be used and must not be skipped, or when no problem is left.
  mutating func read(into spool: inout Spool<Problem>, context: StageContext) throws {
    for input in request.inputs {
      let reader = try SourceReader(path: input.path, options: input.options)
      while accepted < request.limit ?? .max, let row = try reader.next() {
        try context.cancellation.check()
        read += 1
        context.progress.advance(1)
        guard let problem = try problem(of: row, input) else { continue }
        if let reject = cleaner.reject(problem) {
          try rejects.write(reject)
          continue
        }
        accepted += 1
        try spool.write(problem)
        if let sample = request.sample {
          strata.append(sample.stratify?.value(of: problem) ?? "")
        }
      }
      unreadColumns.merge(reader.unreadColumns) { first, _ in first }
    }
    guard accepted > 0 else {
      let names = request.inputs.map(\.name).joined(separator: ", ")
      throw SourceError(
        names, "gives no problem: \(read) rows were read, \(rejects.total) left out")
    }
  }

  /// The problem of a row; nil when the row cannot be used and is left out.
  private mutating func problem(of row: SourceRow, _ input: IngestInput) throws -> Problem? {
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

  /// What was counted, for the manifest.
  var summary: JSONObject {
    var summary = JSONObject()
    if let provenance = request.provenance {
      summary["title"] = .string(provenance.title)
      summary["licence"] = .string(provenance.licence)
      summary["homepage"] = .string(provenance.homepage)
    }
    summary["rows_read"] = .number(read)
    if request.limit == nil, let expected = request.expectedRows, expected != read {
      summary["rows_expected"] = .number(expected)
    }
    summary["problems_accepted"] = .number(accepted)
    summary["left_out"] = .object(
      JSONObject(rejects.counts.map { .init(key: $0.cause, value: .number($0.rows)) }))
    if !unreadColumns.isEmpty {
      summary["unread_columns"] = .object(
        JSONObject(
          unreadColumns.sorted { $0.key < $1.key }.map {
            .init(key: $0.key, value: .string($0.value))
          }))
    }
    return summary
  }
}
