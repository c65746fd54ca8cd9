package import TandemJSON

/// The verdict on one trace.
package struct Grade: Hashable, Sendable {
  /// The trace's id.
  package var traceID: String
  /// The problem's id.
  package var problemID: String
  /// The model that wrote the trace.
  package var model: String
  /// The trace's round.
  package var round: Round
  /// The trace's sample number.
  package var sample: Int
  /// What became of it.
  package var verdict: Verdict
  /// The text taken as the final answer.
  package var extracted: String?
  /// The extraction rule that found it, or why there is no verdict.
  package var rule: String
  /// The version of the grader.
  package var graderVersion: Int
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()
}

// MARK: - Row

extension Grade: Record {
  /// Makes the grade of a trace.
  package init(of trace: Trace, verdict: Verdict, extracted: String?, rule: String, version: Int) {
    self.init(
      traceID: trace.id, problemID: trace.problemID, model: trace.model, round: trace.round,
      sample: trace.sample, verdict: verdict, extracted: extracted, rule: rule,
      graderVersion: version)
  }

  package static let kind = RecordKind("grade", version: 1)

  package static let columns: [JSONColumn] = [
    .string("trace_id"), .string("problem_id"), .string("model"), .string("round"),
    .integer("sample"), .string("verdict"), .string("extracted"), .string("rule"),
    .integer("grader_version"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    try self.init(
      traceID: row.string(), problemID: row.string(), model: row.string(),
      round: row.choice("round"), sample: row.int(), verdict: row.choice("verdict"),
      extracted: row.optionalString(), rule: row.string(), graderVersion: row.int(),
      unknown: row.unknownMembers())
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("trace_id", traceID)
    writer.member("problem_id", problemID)
    writer.member("model", model)
    writer.member("round", round.rawValue)
    writer.member("sample", sample)
    writer.member("verdict", verdict.rawValue)
    writer.member("extracted", optional: extracted)
    writer.member("rule", rule)
    writer.member("grader_version", graderVersion)
    writer.members(unknown)
  }
}
