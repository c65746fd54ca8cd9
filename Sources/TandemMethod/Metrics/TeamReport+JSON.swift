package import TandemJSON
internal import TandemRecords

extension TeamReport {
  /// The report for machines.
  ///
  /// A metric is a plain number under its key, null when it cannot be had. Beside the metrics of a
  /// section stand `ci95` (or as the level is), and where they apply `why`, `excluded_problems` and
  /// `undefined_resamples`, each an object with the metrics' keys.
  package var json: JSONValue {
    var models = JSONObject()
    for member in self.models { models[member.name] = json(of: member) }
    var team = JSONObject()
    team["models"] = .array(self.models.map { .string($0.name) })
    add(self.team, to: &team)
    team["any_correct"] = .number(anyCorrect)
    team["all_correct"] = .number(allCorrect)
    var budget = JSONObject()
    add(equalBudget, to: &budget)
    budget["best_model"] = .object(
      JSONObject(
        zip(equalBudget, bestModels).map { metric, name in
          .init(key: metric.key, value: name.map(JSONValue.string) ?? .null)
        }))
    return [
      "problems": .number(problems), "traces": .number(traces), "models": .object(models),
      "team": .object(team), "equal_budget": .object(budget),
      "bootstrap": [
        "resamples": .number(bootstrap.resamples), "seed": .number(bootstrap.seed),
        "level": .number(bootstrap.level),
      ],
    ]
  }

  private func json(of member: Member) -> JSONValue {
    var object = JSONObject()
    object["n"] = .number(member.n)
    object["correct"] = .number(member.correct)
    object["problems"] = .number(member.problems)
    object["verdicts"] = .object(
      JSONObject(
        Verdict.allCases.map { verdict in
          .init(key: verdict.rawValue, value: .number(member.verdicts[verdict] ?? 0))
        }))
    add(member.metrics, to: &object)
    return .object(object)
  }

  private func add(_ metrics: [Metric], to object: inout JSONObject) {
    var (intervals, reasons) = (JSONObject(), JSONObject())
    var (excluded, undefined) = (JSONObject(), JSONObject())
    for metric in metrics {
      object[metric.key] = metric.value.map(JSONValue.number) ?? .null
      intervals[metric.key] =
        metric.interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? .null
      reasons[metric.key] = metric.why.map(JSONValue.string)
      if metric.excludedProblems > 0 { excluded[metric.key] = .number(metric.excludedProblems) }
      if metric.undefinedResamples > 0 {
        undefined[metric.key] = .number(metric.undefinedResamples)
      }
    }
    object["ci\(Int((bootstrap.level * 100).rounded()))"] = .object(intervals)
    let notes = [
      ("why", reasons), ("excluded_problems", excluded), ("undefined_resamples", undefined),
    ]
    for (key, note) in notes where !note.members.isEmpty { object[key] = .object(note) }
  }
}
