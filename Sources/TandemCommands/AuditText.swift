internal import Foundation
internal import Glibc
internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemStages

/// The result of an audit for people: a table, and the worst hints with their spans marked.
struct AuditText {
  let tally: AuditTally
  let isColoured: Bool

  /// Whether standard output is a terminal whose user has not declined colour (no-color.org).
  static var isColourWanted: Bool {
    let declined = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return isatty(STDOUT_FILENO) == 1 && !declined
  }

  /// How many hints there are of each severity, in one line.
  var summary: String {
    let parts = Severity.allCases.compactMap { severity in
      tally.severities[severity].map { "\(severity.rawValue) \(Quantity.count($0))" }
    }
    let total = Quantity.count(tally.hints, of: "hint")
    return parts.isEmpty ? total : "\(total): \(parts.joined(separator: ", "))"
  }

  var lines: [String] {
    let severities = Severity.allCases.filter { $0 != .none }
    var table = TextTable([("rule", .left)] + severities.map { ($0.rawValue, .right) })
    for (rule, counts) in tally.rules.sorted(by: { $0.key < $1.key }) {
      table.add([rule] + severities.map { Quantity.count(counts[$0] ?? 0) })
    }
    var lines = [summary]
    if !tally.rules.isEmpty { lines += [""] + table.lines }
    for result in tally.worst { lines += ["", heading(result)] + marked(result) }
    return lines
  }

  private func heading(_ result: HintAudit.Result) -> String {
    let name = result.id.map { $0.string ?? $0.json } ?? "row \(result.row)"
    return "\(name): \(result.audit.severity.rawValue)"
  }

  /// The lines of a hint that hold findings, each finding in brackets with its severity and rule.
  private func marked(_ result: HintAudit.Result) -> [String] {
    var text = ""
    var place = 0
    var open: [(line: Int, end: Int)] = []
    var line = 0
    var wanted: Set<Int> = []
    var findings = result.audit.findings[...]
    var labels: [Int: String] = [:]
    for scalar in result.hint.unicodeScalars {
      while let finding = findings.first, finding.start == place {
        findings.removeFirst()
        text += isColoured ? "\u{1B}[\(colour(finding.severity))m[" : "["
        open.append((line, finding.end))
        labels[finding.end, default: ""] += " \(finding.severity.rawValue):\(finding.rule)]"
      }
      if scalar == "\n" { line += 1 }
      if !open.isEmpty { wanted.insert(line) }
      text.unicodeScalars.append(Self.isControl(scalar) ? "\u{FFFD}" : scalar)
      place += 1
      if let label = labels.removeValue(forKey: place) {
        open.removeAll { $0.end == place }
        text += label + (isColoured && open.isEmpty ? "\u{1B}[0m" : "")
      }
    }
    let all = text.split(separator: "\n", omittingEmptySubsequences: false)
    return all.indices.filter(wanted.contains).prefix(12).map { "  " + Self.shortened(all[$0]) }
  }

  /// Whether a character would command the terminal.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || 0x7F...0x9F ~= scalar.value
  }

  private static func shortened(_ line: Substring) -> String {
    line.count > 400 ? line.prefix(400) + "..." : String(line)
  }

  private func colour(_ severity: Severity) -> Int {
    switch severity {
    case .literal: 31
    case .equivalent: 35
    case .derivable: 33
    case .given, .none: 36
    }
  }
}

extension HintAudit.Result {
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
