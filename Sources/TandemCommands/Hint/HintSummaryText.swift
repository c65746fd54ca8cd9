internal import TandemMethod
internal import TandemStages

/// The counts of hints as tables for people.
struct HintSummaryText {
  private let outcome: HintStage.Outcome

  init(_ outcome: HintStage.Outcome) {
    self.outcome = outcome
  }

  var lines: [String] {
    let tally = outcome.tally
    var lines = students.lines
    if !tally.all.none.isEmpty { lines += [""] + reasons("no hint because", tally.all.none).lines }
    if !tally.all.removed.isEmpty {
      lines += [""] + reasons("pieces cut from hints because", tally.all.removed).lines
    }
    if !tally.teachers.isEmpty { lines += [""] + teachers.lines }
    if tally.all.isEstimated, tally.all.made > 0 {
      lines += [
        "",
        "note: tokens are estimated, as a rule a little high; --tokenizer makes them exact",
      ]
    }
    return lines
  }

  private var students: TextTable {
    var table = TextTable(
      [("student", .left)]
        + ["eligible", "hints", "given", "withheld", "none", "steps kept", "tokens kept"].map {
          ($0, .right)
        })
    let members = outcome.team.map { ($0, outcome.tally.students[$0] ?? HintTally.Counts()) }
    for (name, counts) in members + [("all", outcome.tally.all)] {
      table.add(
        [name]
          + [counts.rows, counts.made, counts.given, counts.withheld, counts.rows - counts.made]
          .map(Quantity.count)
          + [mean(counts.stepsKept, counts.made), mean(counts.tokens, counts.made)])
    }
    return table
  }

  private var teachers: TextTable {
    var table = TextTable(
      [("teacher", .left)]
        + ["traces used", "hints that survive", "share", "steps kept", "uncut but for the answer"]
        .map { ($0, .right) })
    for (name, counts) in outcome.tally.teachers.sorted(by: { $0.key < $1.key }) {
      let share = counts.rows > 0 ? 100 * Double(counts.made) / Double(counts.rows) : 0
      table.add([
        name, Quantity.count(counts.rows), Quantity.count(counts.made),
        "\(Quantity.fixed(share, 1)) %", mean(counts.stepsKept, counts.made),
        Quantity.count(counts.untouched),
      ])
    }
    return table
  }

  private func reasons(_ title: String, _ counts: [String: Int]) -> TextTable {
    var table = TextTable([(title, .left), ("count", .right)])
    for (reason, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      table.add([reason, Quantity.count(count)])
    }
    return table
  }

  private func mean(_ sum: Int, _ count: Int) -> String {
    count > 0 ? Quantity.fixed(Double(sum) / Double(count), 1) : "-"
  }
}
