internal import TandemAnswers
package import TandemRecords

/// Counts of an audit: hints by severity, findings by severity and rule, and the worst hints.
package struct AuditTally: Sendable {
  /// A hint that is shown, with where it stands.
  package typealias Case = HintAudit.Result

  package private(set) var hints = 0
  /// Hints by their worst finding.
  package private(set) var severities: [Severity: Int] = [:]
  /// Findings by rule, then severity.
  package private(set) var rules: [String: [Severity: Int]] = [:]
  /// The first of the worst hints, worst first.
  package private(set) var worst: [Case] = []
  private let shown: Int

  /// Keeps up to `shown` of the worst hints.
  package init(shown: Int) {
    self.shown = shown
  }

  /// Counts one hint.
  package mutating func add(_ result: HintAudit.Result) {
    hints += 1
    severities[result.audit.severity, default: 0] += 1
    for finding in result.audit.findings {
      rules[finding.rule, default: [:]][finding.severity, default: 0] += 1
    }
    let rank = result.audit.severity.rank
    guard shown > 0, result.audit.severity != .none, result.audit.severity != .given else { return }
    if worst.count == shown {
      guard let last = worst.last, rank < last.audit.severity.rank else { return }
      worst.removeLast()
    }
    let place = worst.firstIndex { $0.audit.severity.rank > rank } ?? worst.count
    worst.insert(result, at: place)
  }

  /// How many hints are at least as bad as a severity.
  package func count(atLeast severity: Severity) -> Int {
    severities.reduce(0) { $1.key.rank <= severity.rank ? $0 + $1.value : $0 }
  }
}
