internal import TandemJSON
internal import TandemMethod
internal import TandemRecords
internal import TandemShards

/// A file of weightings: a JSON list of objects with terms and their weights, and perhaps a `name`.
enum SweepFile {
  private static let sizeLimit = 1 << 20

  /// Reads the weightings; a term that one does not name keeps the weight of `base`.
  ///
  /// - Throws: ``ShardError`` naming the entry that is wrong.
  static func weightings(_ path: String, over base: RewardTerms) throws -> [WeightSweep.Weighting] {
    let file = try InputFile(path)
    guard file.size <= sizeLimit else { throw ShardError(path, "is too large for weightings") }
    guard let value = try? JSONValue(parsing: try file.bytes(at: 0, count: file.size)),
      let entries = value.array, !entries.isEmpty
    else {
      throw ShardError(path, "is no JSON list of weightings, as [{\"name\": \"a\", \"rescue\": 0}]")
    }
    return try entries.enumerated().map { index, entry in
      guard let members = entry.object?.members else {
        throw ShardError(path, row: index + 1, "is no object")
      }
      var weighting = WeightSweep.Weighting(name: "#\(index + 1)", weights: base)
      for member in members {
        if member.key == "name", let name = member.value.string {
          weighting.name = name
          continue
        }
        guard let value = member.value.double,
          let weight = TermWeight(argument: "\(member.key)=\(value)")
        else {
          let terms = RewardTerms.all.map(\.name).joined(separator: ", ")
          throw ShardError(
            path, row: index + 1,
            "`\(member.key)` is no term with a weight of at most 1000; terms are \(terms)")
        }
        weighting.weights[keyPath: weight.path] = weight.value
      }
      return weighting
    }
  }

  /// The result as a table for people.
  static func lines(_ sweep: WeightSweep) -> [String] {
    var table = TextTable([
      ("weighting", .left), ("mean change", .right), ("largest", .right), ("other sign", .right),
      ("other teacher", .right),
    ])
    for (weighting, change) in zip(sweep.weightings, sweep.changes) {
      table.add([
        weighting.name, Quantity.fixed(change.size.mean, 4), Quantity.fixed(change.largest, 4),
        Quantity.count(change.signs), Quantity.count(change.teachers),
      ])
    }
    return table.lines + [
      "",
      "change of advantages against the weights of the options; \(Quantity.count(sweep.traces)) traces, "
        + "\(Quantity.count(sweep.eligible)) eligible students",
    ]
  }
}
