package import TandemJSON
internal import TandemRecords

extension RunStatistics {
  /// The statistics for machines.
  package var json: JSONValue {
    var fields = JSONObject()
    for field in Field.allCases {
      var values = JSONObject()
      for (stratum, verdicts) in strata.sorted(by: { $0.key < $1.key })
      where stratum.field == field {
        values[stratum.value] = json(of: verdicts)
      }
      fields[field.rawValue] = .object(values)
    }
    let matrix = named { a in
      .object(named { b in a == b ? nil : .number(rescuable[a][b]) })
    }
    var pairs: [JSONValue] = []
    for a in team.indices {
      for b in team.indices where a < b {
        let pair = agreement[a][b]
        pairs.append([
          "models": [.string(team[a]), .string(team[b])], "compared": .number(pair.compared),
          "equal": .number(pair.equal), "equally_wrong": .number(pair.equallyWrong),
        ])
      }
    }
    return [
      "problems": .number(problems), "by": .object(fields), "rescuable": .object(matrix),
      "agreement": .array(pairs),
      "writing": .object(named { json(of: writing[$0]) }),
    ]
  }

  private func named(_ value: (Int) -> JSONValue?) -> JSONObject {
    JSONObject(
      team.indices.compactMap { index in value(index).map { .init(key: team[index], value: $0) } })
  }

  private func json(of verdicts: Verdicts) -> JSONValue {
    [
      "problems": .number(verdicts.problems),
      "models": .object(
        named { model in
          .object(
            JSONObject(
              Verdict.allCases.map {
                .init(key: $0.rawValue, value: .number(verdicts.counts[model][$0] ?? 0))
              }))
        }),
    ]
  }

  private func json(of writing: Writing) -> JSONValue {
    let kinds = zip(OperationKind.allCases, writing.kinds).map { kind, count in
      JSONObject.Member(key: kind.name, value: .number(count))
    }
    return [
      "traces": .number(writing.traces),
      "mean_characters": writing.meanCharacters.map(JSONValue.number) ?? .null,
      "longest": .number(writing.longest),
      "mean_tokens": writing.meanTokens.map(JSONValue.number) ?? .null,
      "kinds": .object(JSONObject(kinds)),
    ]
  }
}
