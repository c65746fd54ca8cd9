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
    team.add(self.team, level: bootstrap.level)
    team["any_correct"] = .number(anyCorrect)
    team["all_correct"] = .number(allCorrect)
    var budget = JSONObject()
    budget.add(equalBudget, level: bootstrap.level)
    budget["best_model"] = .object(
      JSONObject(
        zip(equalBudget, bestModels).map { metric, name in
          .init(key: metric.key, value: name.map(JSONValue.string) ?? .null)
        }))
    return [
      "problems": .number(problems), "traces": .number(traces), "models": .object(models),
      "team": .object(team), "equal_budget": .object(budget),
      "bootstrap": bootstrap.json,
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
    object.add(member.metrics, level: bootstrap.level)
    return .object(object)
  }
}
