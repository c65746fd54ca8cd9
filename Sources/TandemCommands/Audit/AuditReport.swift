internal import TandemJSON
internal import TandemRecords
internal import TandemStages

/// What an audit prints: rows, a SARIF log, or a table; standard output is data alone.
struct AuditReport: ~Copyable {
  /// The form of the output.
  enum Form {
    case table, rows, sarif
  }

  private let form: Form
  private var output = StandardOutput()
  private var isFirst = true

  /// Begins the output.
  init(_ form: Form) throws {
    self.form = form
    if form == .sarif { try output.write(SARIFLog.opening) }
  }

  /// Prints a hint, unless the form is a table.
  mutating func add(_ hint: AuditedHint, uri: String) throws {
    switch form {
    case .table: break
    case .rows: try output.line(hint.json.json)
    case .sarif:
      for result in SARIFLog.results(hint, uri: uri) {
        try output.write((isFirst ? "" : ",") + result.json)
        isFirst = false
      }
    }
  }

  /// Ends the output with the table, or says the counts beside the data.
  mutating func finish(_ tally: AuditTally) throws {
    let text = AuditText(tally: tally, isColoured: AuditText.isColourWanted)
    if form == .sarif { try output.line(SARIFLog.closing) }
    if form == .table { for line in text.lines { try output.line(line) } }
    try output.flush()
    if form != .table { Console.note("audit: \(text.summary)") }
  }
}
