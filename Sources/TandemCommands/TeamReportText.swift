internal import TandemMethod
internal import TandemRecords

/// A team's report as tables for people.
struct TeamReportText {
  let lines: [String]

  init(_ report: TeamReport) {
    var lines = [
      "\(Quantity.count(report.problems)) problems, \(Quantity.count(report.traces)) traces", "",
    ]
    lines += Self.verdicts(report).lines + [""]
    lines += Self.metrics(report).lines + [""]
    let solved = "solved by any member \(Quantity.count(report.anyCorrect))"
    lines.append("\(solved), by every member \(Quantity.count(report.allCorrect))")
    lines.append(
      "[low, high]: \(Self.percent(report.bootstrap.level)) interval, bootstrap over problems")
    lines += Self.notes(members: report.models.count)
    self.lines = lines
  }

  private static func notes(members: Int) -> [String] {
    guard members > 1 else {
      return ["majority: the most frequent answer; ties go to the first seen"]
    }
    return [
      "team pass@k: k samples of each of \(members) models, the best of all (an oracle's choice)",
      "best single pass@k: the one model that reaches most with as many samples in all",
      "majority: the most frequent answer, no oracle; ties go to the first in order of sample, model",
      "p12: the chance that every member is right; phi: how much their failures coincide",
    ]
  }

  private static func verdicts(_ report: TeamReport) -> TextTable {
    var table = TextTable(
      [("model", .left), ("samples", .right)] + Verdict.allCases.map { ($0.rawValue, .right) })
    for member in report.models {
      table.add(
        [member.name, Quantity.count(member.n)]
          + Verdict.allCases.map { Quantity.count(member.verdicts[$0] ?? 0) })
    }
    return table
  }

  private static func metrics(_ report: TeamReport) -> TextTable {
    var table = TextTable([("who", .left), ("metric", .left), ("value", .right), ("", .left)])
    for member in report.models {
      for metric in member.metrics { add(metric, of: member.name, to: &table) }
    }
    for metric in report.team { add(metric, of: "team", to: &table) }
    for (metric, best) in zip(report.equalBudget, report.bestModels) {
      add(metric, of: "best single" + (best.map { " (\($0))" } ?? ""), to: &table)
    }
    return table
  }

  private static func add(_ metric: Metric, of who: String, to table: inout TextTable) {
    guard let value = metric.value else {
      table.add([who, metric.key, "-", metric.why ?? ""])
      return
    }
    let decimals = metric.key == "mean_tokens" ? 1 : 3
    var note = ""
    if let interval = metric.interval {
      let bounds = [interval.lowerBound, interval.upperBound].map { Quantity.fixed($0, decimals) }
      note = "[\(bounds.joined(separator: ", "))]"
    }
    if metric.excludedProblems > 0 {
      note +=
        " without \(Quantity.count(metric.excludedProblems)) problems that have too few samples"
    }
    table.add([who, metric.key, Quantity.fixed(value, decimals), note])
  }

  private static func percent(_ share: Double) -> String {
    "\(Quantity.fixed(share * 100, 0)) %"
  }
}
