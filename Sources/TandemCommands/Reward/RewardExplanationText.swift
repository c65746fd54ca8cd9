internal import TandemJSON
internal import TandemMethod
internal import TandemRecords
internal import TandemStages

/// The explanation of one problem's rewards, for people and for machines.
struct RewardExplanationText {
  private let explanation: RewardExplanation
  private let asked: String

  init(_ explanation: RewardExplanation, asked: String) {
    self.explanation = explanation
    self.asked = asked
  }

  // MARK: For people

  var lines: [String] {
    let scheme = explanation.rule.scheme
    var lines = [
      "problem \(explanation.problem.id), gold answer \(explanation.problem.gold)",
      "preset \(scheme.preset.rawValue), epoch \(scheme.epoch); the trace asked for is marked *",
      "",
    ]
    lines += traces.lines + [""] + distances.lines + [""] + terms.lines + [""] + groups.lines
    return lines + ["", "advantage: \(formula)"]
  }

  private func name(_ index: Int) -> String {
    "\(explanation.lines[index].trace.id == asked ? "*" : "")\(index + 1)"
  }

  private var traces: TextTable {
    var table = TextTable([
      ("trace", .right), ("model", .left), ("round", .left), ("sample", .right),
      ("verdict", .left), ("answer", .left), ("overlap", .right), ("hinted", .left),
      ("kinds of step", .left), ("id", .left),
    ])
    for (index, line) in explanation.lines.enumerated() {
      table.add([
        name(index), line.trace.model, line.trace.round.rawValue, String(line.trace.sample),
        line.grade.verdict.rawValue, line.grade.extracted ?? "-", Quantity.fixed(line.partial, 4),
        line.isHinted ? "yes" : "no", line.kinds.map(\.name).joined(separator: " "), line.trace.id,
      ])
    }
    return table
  }

  private var distances: TextTable {
    var table = TextTable(
      [("distance", .right)] + explanation.lines.indices.map { (name($0), .right) })
    for (index, line) in explanation.lines.enumerated() {
      table.add([name(index)] + line.distances.map { Quantity.fixed($0, 6) })
    }
    return table
  }

  private var terms: TextTable {
    var table = TextTable(
      [("term", .left), ("weight", .right)]
        + explanation.lines.indices.map { (name($0), .right) })
    for term in RewardTerms.all {
      table.add(
        [term.name, Quantity.fixed(explanation.rule.scheme.weights[keyPath: term.path], 3)]
          + explanation.lines.map { Quantity.fixed($0.reward.terms[keyPath: term.path], 6) })
    }
    table.add(["total", ""] + explanation.lines.map { Quantity.fixed($0.reward.total, 6) })
    table.add(["advantage", ""] + explanation.lines.map { Quantity.fixed($0.reward.advantage, 6) })
    return table
  }

  private var groups: TextTable {
    var table = TextTable([
      ("group", .left), ("traces", .left), ("mean", .right), ("std", .right), ("divisor", .right),
      ("no advantage because", .left),
    ])
    for group in explanation.groups {
      let reason = group.members.first.flatMap { explanation.lines[$0].reward.zeroReason }
      table.add([
        group.name, group.members.map(name).joined(separator: " "),
        Quantity.fixed(group.statistics.mean, 6), Quantity.fixed(group.statistics.deviation, 6),
        explanation.rule.advantage.normalisation == .std
          ? Quantity.fixed(group.denominator, 6) : "-", reason?.rawValue ?? "-",
      ])
    }
    return table
  }

  private var formula: String {
    switch explanation.rule.advantage.normalisation {
    case .std: "(total - mean) / divisor"
    case .mean: "total - mean"
    case .rloo: "total - mean of the others"
    }
  }

  // MARK: For machines

  var json: JSONValue {
    let traces = explanation.lines.map { line -> JSONValue in
      var terms = JSONObject()
      for term in RewardTerms.all {
        terms[term.name] = .number(line.reward.terms[keyPath: term.path])
      }
      return [
        "trace_id": .string(line.trace.id), "model": .string(line.trace.model),
        "round": .string(line.trace.round.rawValue), "sample": .number(line.trace.sample),
        "verdict": .string(line.grade.verdict.rawValue),
        "extracted": line.grade.extracted.map(JSONValue.string) ?? .null,
        "overlap": .number(line.partial), "hinted": .bool(line.isHinted),
        "kinds": .array(line.kinds.map { .string($0.name) }),
        "distances": .array(line.distances.map(JSONValue.number)), "terms": .object(terms),
        "total": .number(line.reward.total), "advantage": .number(line.reward.advantage),
        "group": .string(line.reward.group),
        "zero_reason": line.reward.zeroReason.map { .string($0.rawValue) } ?? .null,
      ]
    }
    let groups = explanation.groups.map { group -> JSONValue in
      [
        "group": .string(group.name), "mean": .number(group.statistics.mean),
        "std": .number(group.statistics.deviation), "divisor": .number(group.denominator),
      ]
    }
    return [
      "problem_id": .string(explanation.problem.id), "options": .object(explanation.rule.json),
      "traces": .array(traces), "groups": .array(groups),
    ]
  }
}
