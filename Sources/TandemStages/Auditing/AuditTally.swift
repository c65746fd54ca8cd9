internal import TandemAnswers
package import TandemJSON
package import TandemRecords

/// Counts of an audit: hints by severity, findings by severity and rule, and the worst hints.
package struct AuditTally: Sendable {
  /// Hints with a text.
  package private(set) var hints = 0
  /// Rows that say why there is no hint; nothing in them could be found.
  package private(set) var withoutText = 0
  /// Hints by their worst finding.
  package private(set) var severities: [Severity: Int] = [:]
  /// Findings by rule, then severity.
  package private(set) var rules: [String: [Severity: Int]] = [:]
  /// What a model made of the hints that were probed.
  package private(set) var probed = Probed()
  /// The first of the worst hints, worst first.
  package private(set) var worst: [AuditedHint] = []
  private let shown: Int

  /// Keeps up to `shown` of the worst hints.
  package init(shown: Int) {
    self.shown = shown
  }

  /// Counts one hint.
  package mutating func add(_ hint: AuditedHint) {
    hints += 1
    severities[hint.audit.severity, default: 0] += 1
    for finding in hint.audit.findings {
      rules[finding.rule, default: [:]][finding.severity, default: 0] += 1
    }
    if let behavioural = hint.behavioural { probed.add(behavioural) }
    keep(hint)
  }

  /// Counts rows that have no hint.
  package mutating func addWithoutText(_ count: Int) {
    withoutText += count
  }

  /// Adds the counts of what stands behind.
  package mutating func add(_ other: AuditTally) {
    hints += other.hints
    withoutText += other.withoutText
    probed.add(other.probed)
    severities.merge(other.severities, uniquingKeysWith: +)
    rules.merge(other.rules) { $0.merging($1, uniquingKeysWith: +) }
    for hint in other.worst { keep(hint) }
  }

  /// How many hints are at least as bad as a severity.
  package func count(atLeast severity: Severity) -> Int {
    severities.reduce(0) { $1.key.rank <= severity.rank ? $0 + $1.value : $0 }
  }

  private mutating func keep(_ hint: AuditedHint) {
    let rank = hint.audit.severity.rank
    guard shown > 0, rank < Severity.given.rank else { return }
    if worst.count == shown {
      guard let last = worst.last, rank < last.audit.severity.rank else { return }
      worst.removeLast()
    }
    let place = worst.firstIndex { $0.audit.severity.rank > rank } ?? worst.count
    worst.insert(hint, at: place)
  }
}

extension AuditTally {
  /// The counts as a manifest's summary, every severity named.
  package var json: JSONObject {
    var summary = JSONObject()
    summary["hints"] = .number(hints)
    summary["without_text"] = .number(withoutText)
    if probed.hints > 0 { summary["probed"] = probed.json }
    summary["severities"] = Self.json(severities)
    summary["rules"] = .object(
      JSONObject(
        rules.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: Self.json($0.value)) }))
    return summary
  }

  private static func json(_ counts: [Severity: Int]) -> JSONValue {
    .object(
      JSONObject(
        Severity.allCases.map { .init(key: $0.rawValue, value: .number(counts[$0] ?? 0)) }))
  }
}
