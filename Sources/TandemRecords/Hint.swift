package import TandemJSON

/// What a student that failed is told of a peer's correct trace.
package struct Hint: Record, Hashable {
  /// Content-derived, the same on every machine.
  package var id: String
  /// The problem's id.
  package var problemID: String
  /// The model that failed.
  package var student: String
  /// The peer whose trace is used; nil when there is none.
  package var teacher: String?
  /// The id of that trace.
  package var teacherTraceID: String?
  /// The trace's total cold reward, by which it was chosen.
  package var teacherScore: Double?
  /// Whether the student is given the hint.
  package var status: HintStatus
  /// Why there is no hint, or what sets this one apart.
  package var reason: String?
  /// The hint; empty when there is none, kept when it is withheld.
  package var text: String
  /// Steps of the teacher's trace that are left.
  package var stepsKept: Int
  /// What was taken out, in the order of the trace.
  package var removed: [Removal]
  /// The length of the text in the student's tokens.
  package var tokens: Int
  /// Whether ``tokens`` is an estimate, since the student's tokenizer was not given.
  package var tokensEstimated: Bool
  /// The largest length allowed.
  package var budget: Int
  /// How the hint was thinned out.
  package var dropout: Dropout
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()

  /// A piece of the teacher's trace that the hint leaves out.
  package struct Removal: Hashable, Sendable {
    /// The piece as the trace has it.
    package var text: String
    /// The rule that removed it.
    package var reason: String
    /// Where it stands in the teacher's trace, in code points; nil when that is not known.
    package var span: Range<Int>?

    /// Pairs a piece with its reason and its place.
    package init(text: String, reason: String, span: Range<Int>? = nil) {
      self.text = text
      self.reason = reason
      self.span = span
    }

    init(_ object: JSONObject) throws(JSONError) {
      text = try object.requiredString("text", of: "removed")
      reason = try object.requiredString("reason", of: "removed")
      let start = try object["start"] == nil ? nil : object.requiredInt("start", of: "removed")
      let end = try object["end"] == nil ? nil : object.requiredInt("end", of: "removed")
      guard start ?? 0 >= 0, end ?? 0 >= 0 else {
        throw JSONError("`removed.start` or `removed.end` is negative")
      }
      if let start, let end, start <= end { span = start..<end }
    }
  }

  /// The random part of making a hint.
  package struct Dropout: Hashable, Sendable {
    /// What is left out.
    package var mode: DropoutMode
    /// The probability that it is.
    package var p: Double

    /// A mode with its probability.
    package init(mode: DropoutMode, p: Double) {
      self.mode = mode
      self.p = p
    }
  }

  /// Makes a hint with what every hint has; the rest is set afterwards.
  package init(
    id: String, problemID: String, student: String, status: HintStatus, text: String,
    stepsKept: Int, removed: [Removal] = [], tokens: Int, tokensEstimated: Bool = false,
    budget: Int, dropout: Dropout
  ) {
    self.id = id
    self.problemID = problemID
    self.student = student
    self.status = status
    self.text = text
    self.stepsKept = stepsKept
    self.removed = removed
    self.tokens = tokens
    self.tokensEstimated = tokensEstimated
    self.budget = budget
    self.dropout = dropout
  }

  // MARK: Record

  package static let kind = RecordKind("hint", version: 1)

  package static let columns: [JSONColumn] = [
    .string("id"), .string("problem_id"), .string("student"), .string("teacher"),
    .string("teacher_trace_id"), .real("teacher_score"), .string("status"), .string("reason"),
    .string("text"), .integer("steps_kept"), .raw("removed"), .integer("tokens"),
    .bool("tokens_estimated"), .integer("budget"), .raw("dropout"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    id = try row.string()
    problemID = try row.string()
    student = try row.string()
    teacher = row.optionalString()
    teacherTraceID = row.optionalString()
    teacherScore = row.optionalDouble()
    status = try row.choice("status")
    reason = row.optionalString()
    text = try row.string()
    stepsKept = try row.int()
    removed = try row.objects("removed").map { item throws(JSONError) in try Removal(item) }
    tokens = try row.int()
    tokensEstimated = row.optionalBool() ?? false
    budget = try row.int()
    let dropout = try row.object("dropout")
    self.dropout = Dropout(
      mode: try dropout.requiredChoice("mode", of: "dropout"),
      p: try dropout.requiredDouble("p", of: "dropout"))
    unknown = row.unknownMembers()
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("problem_id", problemID)
    writer.member("student", student)
    writer.member("teacher", optional: teacher)
    writer.member("teacher_trace_id", optional: teacherTraceID)
    writer.member("teacher_score", optional: teacherScore)
    writer.member("status", status.rawValue)
    writer.member("reason", optional: reason)
    writer.member("text", text)
    writer.member("steps_kept", stepsKept)
    writer.key("removed")
    writer.beginArray()
    for removal in removed {
      writer.beginObject()
      writer.member("text", removal.text)
      writer.member("reason", removal.reason)
      writer.member("start", optional: removal.span?.lowerBound)
      writer.member("end", optional: removal.span?.upperBound)
      writer.endObject()
    }
    writer.endArray()
    writer.member("tokens", tokens)
    if tokensEstimated { writer.member("tokens_estimated", true) }
    writer.member("budget", budget)
    writer.key("dropout")
    writer.beginObject()
    writer.member("mode", dropout.mode.rawValue)
    writer.member("p", dropout.p)
    writer.endObject()
    writer.members(unknown)
  }
}
