package import TandemJSON

/// What the audit of one hint found.
package struct Finding: Record, Hashable {
  /// The hint's id.
  package var hintID: String
  /// The problem's id.
  package var problemID: String
  /// The worst severity of all occurrences; `none` without one.
  package var severity: Severity
  /// Each place that gives something away, in the order of the text.
  package var findings: [Occurrence]
  /// What a model makes of the hint, where that was probed.
  package var behavioural: Behavioural?
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()

  /// One place in the hint.
  package struct Occurrence: Hashable, Sendable {
    /// The first code point, 0-based.
    package var start: Int
    /// The code point behind the last.
    package var end: Int
    /// The code points between them.
    package var text: String
    /// How plainly it gives the answer away.
    package var severity: Severity
    /// The rule that found it.
    package var rule: String

    /// Makes an occurrence; see the properties.
    package init(start: Int, end: Int, text: String, severity: Severity, rule: String) {
      self.start = start
      self.end = end
      self.text = text
      self.severity = severity
      self.rule = rule
    }
  }

  /// How much likelier the gold answer becomes with the hint.
  package struct Behavioural: Hashable, Sendable {
    /// log2 of ``pWith`` over ``pWithout``.
    package var bits: Double
    /// The probability of the gold answer with the hint.
    package var pWith: Double
    /// The probability of the gold answer without it.
    package var pWithout: Double

    /// The verdict on the model's answer to the hint without the question; nil where that was not asked.
    package var hintOnly: Verdict?

    /// Makes a probe's result; see the properties.
    package init(bits: Double, pWith: Double, pWithout: Double, hintOnly: Verdict? = nil) {
      self.bits = bits
      self.pWith = pWith
      self.pWithout = pWithout
      self.hintOnly = hintOnly
    }
  }

  /// Makes the result of auditing a hint.
  package init(
    hintID: String, problemID: String, severity: Severity, findings: [Occurrence] = [],
    behavioural: Behavioural? = nil
  ) {
    self.hintID = hintID
    self.problemID = problemID
    self.severity = severity
    self.findings = findings
    self.behavioural = behavioural
  }

  // MARK: Record

  package static let kind = RecordKind("finding", version: 1)

  package static let columns: [JSONColumn] = [
    .string("hint_id"), .string("problem_id"), .string("severity"), .raw("findings"),
    .raw("behavioural"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    hintID = try row.string()
    problemID = try row.string()
    severity = try row.choice("severity")
    findings = try row.objects("findings").map { item throws(JSONError) in
      Occurrence(
        start: try item.requiredInt("start", of: "findings"),
        end: try item.requiredInt("end", of: "findings"),
        text: try item.requiredString("text", of: "findings"),
        severity: try item.requiredChoice("severity", of: "findings"),
        rule: try item.requiredString("rule", of: "findings"))
    }
    if let probe = try row.optionalObject("behavioural") {
      behavioural = Behavioural(
        bits: try probe.requiredDouble("bits", of: "behavioural"),
        pWith: try probe.requiredDouble("p_with", of: "behavioural"),
        pWithout: try probe.requiredDouble("p_without", of: "behavioural"),
        hintOnly: try probe["hint_only"] == nil
          ? nil : probe.requiredChoice("hint_only", of: "behavioural"))
    }
    unknown = row.unknownMembers()
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("hint_id", hintID)
    writer.member("problem_id", problemID)
    writer.member("severity", severity.rawValue)
    writer.key("findings")
    writer.beginArray()
    for finding in findings {
      writer.beginObject()
      writer.member("start", finding.start)
      writer.member("end", finding.end)
      writer.member("text", finding.text)
      writer.member("severity", finding.severity.rawValue)
      writer.member("rule", finding.rule)
      writer.endObject()
    }
    writer.endArray()
    if let behavioural {
      writer.key("behavioural")
      writer.beginObject()
      writer.member("bits", behavioural.bits)
      writer.member("p_with", behavioural.pWith)
      writer.member("p_without", behavioural.pWithout)
      writer.member("hint_only", optional: behavioural.hintOnly?.rawValue)
      writer.endObject()
    }
    writer.members(unknown)
  }
}
