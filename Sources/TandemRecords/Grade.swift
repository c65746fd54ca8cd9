public import TandemJSON

/// The verdict on one trace.
public struct Grade: Record, Hashable {
  /// The trace's id.
  public var traceID: String
  /// The problem's id.
  public var problemID: String
  /// The model that wrote the trace.
  public var model: String
  /// The trace's round.
  public var round: Round
  /// The trace's sample number.
  public var sample: Int
  /// What became of it.
  public var verdict: Verdict
  /// The text taken as the final answer.
  public var extracted: String?
  /// The extraction rule that found it, or why there is no verdict.
  public var rule: String
  /// The version of the grader.
  public var graderVersion: Int
  /// Members of the row that are none of the above.
  public var unknown = UnknownMembers()

  /// Makes the grade of a trace.
  public init(of trace: Trace, verdict: Verdict, extracted: String?, rule: String, version: Int) {
    traceID = trace.id
    problemID = trace.problemID
    model = trace.model
    round = trace.round
    sample = trace.sample
    self.verdict = verdict
    self.extracted = extracted
    self.rule = rule
    graderVersion = version
  }

  // MARK: Record

  public static let kind = RecordKind("grade", version: 1)

  public static let columns: [JSONColumn] = [
    .string("trace_id"), .string("problem_id"), .string("model"), .string("round"),
    .integer("sample"), .string("verdict"), .string("extracted"), .string("rule"),
    .integer("grader_version"),
  ]

  public init(row: inout JSONRow) throws(JSONError) {
    traceID = try row.string()
    problemID = try row.string()
    model = try row.string()
    round = try row.choice("round")
    sample = try row.int()
    verdict = try row.choice("verdict")
    extracted = row.optionalString()
    rule = try row.string()
    graderVersion = try row.int()
    unknown = row.unknownMembers()
  }

  public func writeMembers(to writer: inout JSONWriter) {
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
