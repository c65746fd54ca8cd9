internal import TandemRollouts
internal import TandemShards
internal import TandemStages

/// `tandem audit RUN`.
struct AuditRun {
  var run: RunFolder
  var form: AuditReport.Form
  /// How many of the worst hints the table is followed by.
  var shown: Int
  /// Whether arithmetic that comes to the answer is looked for too.
  var derivable: Bool
  /// A model that is asked about every hint as well.
  var probe: String?
  var work: WorkOptions

  /// Audits what has changed, and prints the findings of the whole run; nil for a dry run.
  func callAsFunction() throws -> AuditTally? {
    let stage = AuditStage(run: run, derivable: derivable, probe: try probe.map(hintProbe))
    if work.dryRun {
      var output = StandardOutput()
      try output.line(try work.run { try stage.preview(context: $0) }.description)
      try output.flush()
      return nil
    }
    let outcome = try work.run {
      try stage(shown: form == .table ? shown : 0, context: $0)
    }
    let parts = outcome.manifest.parts.count
    Console.note(
      "audit: \(Quantity.count(outcome.manifest.rows)) hints in \(parts) parts, "
        + "\(outcome.made) made, \(parts - outcome.made) up to date")
    var report = try AuditReport(form)
    if form != .table {
      for part in 0..<parts {
        var reader = try AuditedHintReader(part, in: run)
        while let hint = try reader.next() { try report.add(hint, uri: hint.file) }
      }
    }
    try report.finish(outcome.tally)
    return outcome.tally
  }

  private func hintProbe(_ argument: String) throws -> HintProbe {
    var options = EmbeddedEngine.Options()
    options.threads = work.threads
    return HintProbe(
      engine: try EmbeddedEngine(folder: ModelSpec(argument).folder, options: options))
  }
}
