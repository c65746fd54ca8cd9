internal import TandemMethod
internal import TandemRecords
internal import TandemStages

/// The diagnostics of rewards as tables for people.
struct RewardSummaryText {
  let lines: [String]

  init(_ outcome: RewardStage.Outcome) {
    let diagnostics = outcome.diagnostics
    let rule = diagnostics.rule
    var lines = [
      "preset \(rule.scheme.preset.rawValue), epoch \(rule.scheme.epoch), groups by "
        + "\(rule.advantage.grouping.rawValue), advantages by \(rule.advantage.normalisation.rawValue)",
      "",
    ]
    var members = outcome.team.map { model in
      (name: model, tally: diagnostics.models[model] ?? RewardDiagnostics.Tally())
    }
    members.append((name: "all", tally: diagnostics.all))
    lines += Self.groups(members, errors: outcome.errors).lines + [""]
    lines += Self.terms(members, rule: rule).lines
    let notes = diagnostics.notes + members.dropLast().compactMap(Self.constantNote)
    if !notes.isEmpty { lines += [""] + notes.map { "note: \($0)" } }
    self.lines = lines
  }

  private static func groups(
    _ members: [(name: String, tally: RewardDiagnostics.Tally)], errors: [String: Int]
  ) -> TextTable {
    let titles = [
      "traces", "errors", "groups", "single", "all correct", "all wrong", "gated", "with advantage",
      "phantoms",
    ]
    var table = TextTable([("model", .left)] + titles.map { ($0, .right) })
    for (name, tally) in members {
      let failed = name == "all" ? errors.values.reduce(0, +) : errors[name] ?? 0
      let counts = [
        tally.traces, failed, tally.groups, tally.single, tally.allCorrect, tally.allWrong,
        tally.gated, tally.withAdvantage, tally.phantoms,
      ]
      var cells = counts.map(Quantity.count)
      for place in [4, 5] where tally.groups > 0 {
        let share = Double(counts[place]) / Double(tally.groups)
        cells[place] += " (\(Quantity.fixed(100 * share, 1)) %)"
      }
      table.add([name] + cells)
    }
    return table
  }

  private static func terms(
    _ members: [(name: String, tally: RewardDiagnostics.Tally)], rule: RewardRule
  ) -> TextTable {
    var table = TextTable(
      [("term", .left), ("weight", .right)]
        + members.map { ("\($0.name): mean", .right) }
        .flatMap { [$0, ("std", .right)] })
    for (index, term) in RewardTerms.all.enumerated() {
      table.add(
        [term.name, Quantity.fixed(rule.scheme.weights[keyPath: term.path], 3)]
          + members.flatMap { cells($0.tally.terms[index]) })
    }
    table.add(["total", ""] + members.flatMap { cells($0.tally.total) })
    return table
  }

  private static func cells(_ numbers: ExactMean) -> [String] {
    [Quantity.fixed(numbers.mean, 4), Quantity.fixed(numbers.deviation, 4)]
  }

  private static func constantNote(_ member: (name: String, tally: RewardDiagnostics.Tally))
    -> String?
  {
    // Where every group is a group of one this says nothing new.
    guard member.tally.groups > member.tally.single, !member.tally.constantTerms.isEmpty else {
      return nil
    }
    return "\(member.name): constant within every group, so they cancel: "
      + member.tally.constantTerms.joined(separator: ", ")
  }
}
