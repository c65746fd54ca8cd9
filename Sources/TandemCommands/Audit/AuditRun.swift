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
  var work: WorkOptions

  /// Audits what has changed, and prints the findings of the whole run; nil for a dry run.
  func callAsFunction() throws -> AuditTally? {
    let stage = AuditStage(run: run, derivable: derivable)
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
}
