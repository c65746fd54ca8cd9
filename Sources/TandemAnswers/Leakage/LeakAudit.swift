package import TandemRecords

/// What the audit of one text found.
package struct LeakAudit: Hashable, Sendable {
  /// The worst severity of all findings; `none` without one.
  package var severity: Severity
  /// Each place that gives something away, in the order of the text.
  package var findings: [LeakFinding]

  /// An audit as it was stored.
  package init(severity: Severity, findings: [LeakFinding]) {
    self.severity = severity
    self.findings = findings
  }

  /// The findings with the worst severity among them.
  init(_ findings: [LeakFinding]) {
    self.findings = findings
    severity = findings.map(\.severity).min { $0.rank < $1.rank } ?? .none
  }
}

/// One place in an audited text; offsets are 0-based Unicode code points of the text as given.
package typealias LeakFinding = Finding.Occurrence

extension Severity {
  /// 0 for the worst.
  package var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
