internal import TandemMethod
internal import TandemRecords

/// The statistics of a run as tables for people.
struct StatsText {
  let lines: [String]

  init(_ statistics: RunStatistics) {
    lines =
      ["\(Quantity.count(statistics.problems)) problems", ""]
      + Self.verdicts(statistics).lines
      + ["", "problems on which the row has a correct trace and all of the column failed:"]
      + Self.rescuable(statistics).lines
      + ["", "answers of first samples, by value:"] + Self.agreement(statistics).lines
      + ["", "lengths:"] + Self.lengths(statistics).lines
      + ["", "traces with each kind of step:"] + Self.kinds(statistics).lines
  }

  private static func verdicts(_ statistics: RunStatistics) -> TextTable {
    var table = TextTable(
      [("by", .left), ("value", .left), ("problems", .right), ("model", .left)]
        + Verdict.allCases.map { ($0.rawValue, .right) })
    for (stratum, verdicts) in statistics.strata.sorted(by: { $0.key < $1.key }) {
      for (model, counts) in zip(statistics.team, verdicts.counts) {
        table.add(
          [
            stratum.field.rawValue, stratum.value, Quantity.count(verdicts.problems), model,
          ] + Verdict.allCases.map { Quantity.count(counts[$0] ?? 0) })
      }
    }
    return table
  }

  private static func rescuable(_ statistics: RunStatistics) -> TextTable {
    var table = TextTable([("", .left)] + statistics.team.map { ($0, .right) })
    for (a, name) in statistics.team.enumerated() {
      table.add(
        [name]
          + statistics.team.indices.map { b in
            a == b ? "-" : Quantity.count(statistics.rescuable[a][b])
          })
    }
    return table
  }

  private static func agreement(_ statistics: RunStatistics) -> TextTable {
    var table = TextTable([
      ("models", .left), ("both answer", .right), ("equal", .right), ("share", .right),
      ("equally wrong", .right),
    ])
    for a in statistics.team.indices {
      for b in statistics.team.indices where a < b {
        let pair = statistics.agreement[a][b]
        let share = pair.compared > 0 ? Double(pair.equal) / Double(pair.compared) : nil
        table.add([
          "\(statistics.team[a]), \(statistics.team[b])", Quantity.count(pair.compared),
          Quantity.count(pair.equal), share.map { Quantity.fixed($0, 3) } ?? "-",
          Quantity.count(pair.equallyWrong),
        ])
      }
    }
    return table
  }

  private static func lengths(_ statistics: RunStatistics) -> TextTable {
    var table = TextTable([
      ("model", .left), ("traces", .right), ("mean characters", .right), ("longest", .right),
      ("mean tokens", .right),
    ])
    for (model, writing) in zip(statistics.team, statistics.writing) {
      table.add([
        model, Quantity.count(writing.traces),
        writing.meanCharacters.map { Quantity.fixed($0, 1) } ?? "-",
        Quantity.count(writing.longest),
        writing.meanTokens.map { Quantity.fixed($0, 1) } ?? "-",
      ])
    }
    return table
  }

  private static func kinds(_ statistics: RunStatistics) -> TextTable {
    var table = TextTable([("kind", .left)] + statistics.team.map { ($0, .right) })
    for kind in OperationKind.allCases {
      table.add([kind.name] + statistics.writing.map { Quantity.count($0.kinds[kind.rawValue]) })
    }
    return table
  }
}
