internal import TandemJSON
package import TandemMethod
package import TandemPrompts
internal import TandemRecords
package import TandemShards
internal import TandemSources

/// `pack`: what the trainer reads, one shard set a model.
///
/// Reads `problems/`, `cold/`, `grades/`, and `rescue/`, `rescue-grades/`, `hints/` where there are any; `rewards/`
/// too unless the examples are for `sft`. Writes `examples/MODEL/`, the traces of a problem side by side.
package struct PackStage: Sendable {
  private static let version = 1

  private let run: RunFolder
  private let model: String
  private let format: ModelFormat?
  private let options: PackOptions

  /// A stage for one model.
  ///
  /// - Parameter format: how the model is written to; nil when its traces hold all tokens
  package init(run: RunFolder, model: String, format: ModelFormat?, options: PackOptions) {
    self.run = run
    self.model = model
    self.format = format
    self.options = options
  }

  /// What was made.
  package struct Outcome: Sendable {
    package var model: String
    package var manifest: Manifest
    package var made: Int
    package var tally: PackTally
    /// With every default filled in.
    package var options: PackOptions
    /// The rule of the rewards; nil where none were read.
    package var rule: RewardRule?
  }

  /// The models that can be packed.
  package static func team(
    of run: RunFolder, for purpose: PackOptions.Purpose, context: StageContext
  ) throws -> [String] {
    try PackInputs(run, for: purpose, context: context).team
  }

  /// The stage as it would be done.
  package func preview(context: StageContext) throws -> StagePreview {
    let inputs = try inputs(context)
    return try StagePreview(
      Example.self, in: run.examples(model), plan: plan(inputs), inputs: inputs.all,
      context: context)
  }

  /// Makes the parts that are missing, and the summary from all of them.
  package func callAsFunction(context: StageContext) throws -> Outcome {
    let inputs = try inputs(context)
    let options = options.resolved(under: inputs.rule)
    let maker = ExampleMaker(run: run, format: format, options: options)
    let map = try PartMap(over: inputs.all, context: context)
    let output = try StageOutput<Example>(
      run.examples(model), plan: plan(inputs), compression: context.compression)
    let outcome = try map.run(into: output) { part, writer in
      var tally = PackTally()
      try inputs.forEach(part, of: model, context: context) { row in
        for example in try maker.examples(of: row, tally: &tally) { try writer.write(example) }
      }
      writer.summary = tally.json
    }
    var tally = try outcome.parts.reduce(into: PackTally()) { tally, part in
      tally.add(PackTally(try PartReader("\(output.folder)/\(part.name)").label.summary))
    }
    let errors = inputs.errors(of: model)
    if errors > 0 { tally.omitted[.error] = errors }
    let manifest = try output.finish(
      parts: outcome.parts, summary: Self.summary(tally, parts: outcome.parts))
    return Outcome(
      model: model, manifest: manifest, made: outcome.made, tally: tally, options: options,
      rule: inputs.rule)
  }

  private func inputs(_ context: StageContext) throws -> PackInputs {
    let inputs = try PackInputs(run, for: options.purpose, context: context)
    guard inputs.team.contains(model) else {
      throw ShardError(
        options.purpose == .sft ? run.grades(.cold) : run.rewards,
        "has no model `\(model)`\(suggestion(for: model, among: inputs.team)); it has \(inputs.team.joined(separator: ", "))"
      )
    }
    return inputs
  }

  private func plan(_ inputs: PackInputs) -> Plan {
    var options = options.resolved(under: inputs.rule).json
    options["model"] = .string(model)
    options["format"] = (format?.fingerprint).map(JSONValue.string) ?? .null
    return Plan(
      stage: "pack", stageVersion: Self.version, options: options, seed: self.options.seed,
      team: inputs.team)
  }

  private static func summary(_ tally: PackTally, parts: [Manifest.Part]) -> JSONObject {
    var summary = tally.json
    let tokens = tally.promptTokens + tally.completionTokens
    let bytes = parts.reduce(0) { $0 + $1.bytes }
    summary["bytes"] = .number(bytes)
    if tokens > 0 {
      summary["bytes_per_token"] = .number((Double(bytes) / Double(tokens) * 1000).rounded() / 1000)
    }
    return summary
  }
}
