package import TandemJSON
internal import TandemAnswers
internal import TandemRecords

/// Findings in the Static Analysis Results Interchange Format 2.1.0 (OASIS), which tools for code
/// review show beside the rows of the file.
package enum SARIFLog {
  /// What stands before the results, for files of hints.
  package static let opening =
    #"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":["#
    + #"{"tool":{"driver":{"name":"tandem audit","rules":["#
    + Severity.allCases.filter { $0 != .none }.map { rule($0).json }.joined(separator: ",")
    + #"]}},"columnKind":"unicodeCodePoints","results":["#

  /// What stands behind them.
  package static let closing = "]}]}"

  /// One result for every finding of a hint; the region is the row, the span is in `properties`.
  package static func results(_ hint: AuditedHint, uri: String) -> [JSONValue] {
    hint.audit.findings.map { finding in
      let message =
        "\(finding.severity.rawValue) (\(finding.rule)): code points \(finding.start) to "
        + "\(finding.end) of the hint give the answer away"
      return [
        "ruleId": .string(finding.severity.rawValue), "level": .string(level(finding.severity)),
        "message": ["text": .string(message)],
        "locations": [
          [
            "physicalLocation": [
              "artifactLocation": ["uri": .string(uri)],
              "region": ["startLine": .number(max(1, hint.row))],
            ]
          ]
        ],
        "properties": [
          "id": hint.id ?? .null, "rule": .string(finding.rule),
          "start": .number(finding.start), "end": .number(finding.end),
          "text": .string(finding.text),
        ],
      ]
    }
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .literal, .equivalent: "error"
    case .derivable: "warning"
    case .given, .none: "note"
    }
  }

  private static func rule(_ severity: Severity) -> JSONValue {
    let text =
      switch severity {
      case .literal: "The gold answer stands in the hint as written."
      case .equivalent: "The hint states the value of the gold answer in another spelling."
      case .derivable: "An expression in the hint evaluates to the gold answer."
      case .given: "The hint repeats a value that the question states."
      case .none: "Nothing is given away."
      }
    return [
      "id": .string(severity.rawValue), "shortDescription": ["text": .string(text)],
      "defaultConfiguration": ["level": .string(level(severity))],
    ]
  }
}
