internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemStages

extension AuditedHint {
  /// The row that `audit --json` writes.
  var json: JSONValue {
    [
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
  }
}
