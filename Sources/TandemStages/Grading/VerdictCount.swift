internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemSources

/// Verdicts by model over the parts of a stage.
enum VerdictCount {
  typealias Counts = [(model: String, counts: [Verdict: Int])]

  /// Counts the grades of finished parts, sorted by the model's name.
  static func count(_ parts: [Manifest.Part], in folder: String, context: StageContext) throws
    -> Counts
  {
    let counted = try Parallel.map(parts, threads: context.threads) { part in
      var reader = try RowReader<Grade>("\(folder)/\(part.name)")
      var counts: [String: [Verdict: Int]] = [:]
      while let grade = try reader.next() {
        counts[grade.model, default: [:]][grade.verdict, default: 0] += 1
      }
      return counts
    }
    var total: [String: [Verdict: Int]] = [:]
    for counts in counted {
      total.merge(counts) { $0.merging($1, uniquingKeysWith: +) }
    }
    return total.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The counts as a manifest's summary.
  static func json(_ counts: Counts) -> JSONObject {
    var models = JSONObject()
    for (model, verdicts) in counts {
      var object = JSONObject()
      for verdict in Verdict.allCases {
        object[verdict.rawValue] = .number(verdicts[verdict] ?? 0)
      }
      models[model] = .object(object)
    }
    var summary = JSONObject()
    summary["models"] = .object(models)
    return summary
  }

  /// The team that is asked for, all of it in the grades; every model in them by default.
  ///
  /// - Throws: ``ShardError`` naming a model that the grades do not have.
  static func team(_ models: [String]?, in grades: StageInput) throws -> [String] {
    let known = Self.models(in: grades.manifest)
    guard let models else { return known }
    for model in models where !known.contains(model) {
      throw ShardError(
        grades.folder,
        "has no model `\(model)`\(suggestion(for: model, among: known)); it has \(known.joined(separator: ", "))"
      )
    }
    return models
  }

  /// The names of the models in a manifest's summary, sorted.
  static func models(in manifest: Manifest) -> [String] {
    manifest.summary["models"]?.object?.members.map(\.key) ?? []
  }
}
