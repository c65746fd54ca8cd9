internal import TandemStages

/// `tandem audit --hints FILE`.
struct AuditFile {
  /// The file; `-` for standard input.
  var path: String
  var fields: HintFields
  var form: AuditReport.Form
  /// How many of the worst hints the table is followed by.
  var shown: Int
  /// Whether arithmetic that comes to the answer is looked for too.
  var derivable: Bool
  var threads: Int

  func callAsFunction() throws -> AuditTally {
    var tally = AuditTally(shown: form == .table ? shown : 0)
    var report = try AuditReport(form)
    let audit = HintAudit(fields: fields, derivable: derivable, threads: threads)
    try audit(path == "-" ? "/dev/stdin" : path) { hint in
      tally.add(hint)
      try report.add(hint, uri: path == "-" ? "stdin" : path)
    }
    try report.finish(tally)
    return tally
  }
}
