internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemStages

extension AuditedHint {
  /// The row that `audit --json` writes.
  var json: JSONValue {
    var row = finding
    if let behavioural {
      var probe = JSONObject()
      probe["bits"] = .number(behavioural.bits)
      probe["p_with"] = .number(behavioural.pWith)
      probe["p_without"] = .number(behavioural.pWithout)
      probe["hint_only"] = behavioural.hintOnly.map { .string($0.rawValue) }
      row["behavioural"] = .object(probe)
    }
    return .object(row)
  }

  private var finding: JSONObject {
    let value: JSONValue = [
      "id": id ?? .null, "severity": .string(audit.severity.rawValue),
      "findings": .array(
        audit.findings.map { finding in
          [
            "start": .number(finding.start), "end": .number(finding.end),
            "text": .string(finding.text), "severity": .string(finding.severity.rawValue),
            "rule": .string(finding.rule),
          ]
        }),
    ]
    return value.object ?? JSONObject()
  }
}
