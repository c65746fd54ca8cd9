internal import TandemJSON
internal import TandemShards
internal import TandemStages

/// Runs a stage that reads the user's files, and prints what it did.
struct SourceStageRun {
  var folder: String
  var work: WorkOptions

  func callAsFunction(
    preview: (StageContext) throws -> String, stage: (StageContext) throws -> SourceOutcome
  ) throws {
    var output = StandardOutput()
    if work.dryRun {
      try output.line(try work.run(preview))
      return try output.flush()
    }
    let outcome = try work.run(stage)
    if work.json {
      try output.line(outcome.manifest.json.json)
    } else {
      try summarise(outcome, to: &output)
    }
    try output.flush()
  }

  /// Writes the table; what was left out and why goes with it.
  private func summarise(_ outcome: SourceOutcome, to output: inout StandardOutput) throws {
    let manifest = outcome.manifest
    if outcome.upToDate { Console.note("\(manifest.stage): \(folder) is up to date") }
    for line in table(manifest).lines { try output.line(line) }
    for member in manifest.summary["unread_columns"]?.object?.members ?? [] {
      Console.note("column \(member.key) is not read: \(member.value.string ?? "")")
    }
    if let expected = manifest.summary["rows_expected"]?.int {
      Console.note("the source is known to have \(Quantity.count(expected)) rows: is it whole?")
    }
    if Folder.exists("\(folder)/\(RejectWriter.fileName)") {
      Console.note("what was left out, with reasons: \(folder)/\(RejectWriter.fileName)")
    }
  }

  private func table(_ manifest: Manifest) -> TextTable {
    var table = TextTable([(manifest.stage, .left), ("", .right)])
    table.add([folder, "\(Quantity.count(manifest.rows)) \(manifest.record)s"])
    table.add(["parts", Quantity.count(manifest.parts.count)])
    table.add(["bytes", Quantity.bytes(manifest.parts.reduce(0) { $0 + $1.bytes })])
    if let read = manifest.summary["rows_read"]?.int {
      table.add(["rows read", Quantity.count(read)])
    }
    for member in manifest.summary["models"]?.object?.members ?? [] {
      table.add(["traces of \(member.key)", Quantity.count(member.value.int ?? 0)])
    }
    for member in manifest.summary["left_out"]?.object?.members ?? [] {
      table.add(["left out: \(member.key)", Quantity.count(member.value.int ?? 0)])
    }
    return table
  }
}
