internal import Foundation
internal import Glibc
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
    let found = parts.isEmpty ? total : "\(total): \(parts.joined(separator: ", "))"
    let others = tally.withoutText
    return others == 0
      ? found : "\(found); \(Quantity.count(others, of: "student")) without a hint"
  }

  /// What a probe found, in one line; nil without one.
  private var probed: String? {
    let probed = tally.probed
    guard let bits = probed.meanBits else { return nil }
    let likelier =
      "probe: hints make the answer \(Quantity.fixed(bits, 2)) bits likelier on average, "
      + "\(Quantity.count(probed.helpful)) of \(Quantity.count(probed.hints)) likelier at all"
    guard let accuracy = probed.hintOnlyAccuracy else { return likelier }
    return likelier
      + "; without the question \(Quantity.count(probed.answered)) are answered (\(Quantity.fixed(accuracy * 100, 1)) %)"
  }

  var lines: [String] {
    let severities = Severity.allCases.filter { $0 != .none }
    var table = TextTable([("rule", .left)] + severities.map { ($0.rawValue, .right) })
    for (rule, counts) in tally.rules.sorted(by: { $0.key < $1.key }) {
      table.add([rule] + severities.map { Quantity.count(counts[$0] ?? 0) })
    }
    var lines = [summary]
    if !tally.rules.isEmpty { lines += [""] + table.lines }
    if let line = probed { lines += ["", line] }
    for hint in tally.worst {
      lines += [""] + MarkedHint(hint, isColoured: isColoured).lines
    }
    return lines
  }
}
