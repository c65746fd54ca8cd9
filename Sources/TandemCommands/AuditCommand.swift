internal import ArgumentParser
internal import Foundation
internal import TandemJSON
internal import TandemRecords
internal import TandemStages

/// Audits hints for leaked answers.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Find every place where a hint gives the answer away.",
    discussion: """
      A hint may teach, but must not tell. Values are compared, never strings: for the answer 1,234 \
      the audit finds 1234, \\boxed{1{,}234}, "one thousand two hundred and thirty-four" and \
      1200 + 34, but not 12,345 or Step 1234. Each finding has its place in code points of the hint \
      as given, a rule and a severity, worst first:

        literal      the gold answer as written, up to case, spacing and markup
        equivalent   another spelling of the same value, or the letter of the right option
        derivable    an expression that evaluates to it, such as 16 - 7 or half of 18
        given        the question itself states the value
        none         nothing

        tandem audit --hints hints.jsonl                      a table, and the worst hints
        tandem audit --hints hints.jsonl --json               one row a hint: {id, severity, findings}
        tandem audit --hints hints.jsonl --sarif > leaks.sarif
        tandem audit --hints data.parquet --gold-field answer --hint-field messages[0].content

      Rows are {id, question, gold, hint, choices}; id, question and choices may be missing, but \
      without the question nothing is `given`, and without choices the text of the right option is \
      not known. Any known format is read, in archives too.

      Exit status: 0 when no hint is as bad as --fail-on, 2 when one is, so that an audit can guard \
      a pipeline; 1 for an error.
      """)

  @Option(help: "A file of hints in any known format; - for standard input.")
  var hints: String

  @Option(help: "The field of the row's id.")
  var idField = HintFields().id

  @Option(help: "The field of the question.")
  var questionField = HintFields().question

  @Option(help: "The field of the gold answer.")
  var goldField = HintFields().gold

  @Option(help: "The field of the hint.")
  var hintField = HintFields().hint

  @Option(help: "The field of the options, an array in the order A, B, C, ...")
  var choicesField = HintFields().choices

  @Option(
    help: ArgumentHelp(
      "The mildest severity that fails: literal, equivalent, derivable or given.",
      discussion: "`none` never fails."))
  var failOn: Severity = .equivalent

  @Flag(help: "Write a row {id, severity, findings} for every hint.")
  var json = false

  @Flag(help: "Write the findings as SARIF 2.1.0, for code-review tools.")
  var sarif = false

  @Option(help: "How many of the worst hints the table is followed by.")
  var worst: Int = 5

  @Option(help: "How many threads work at once. The output does not depend on it.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard !(json && sarif) else { throw ValidationError("Give --json or --sarif, not both.") }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
    guard worst >= 0 else { throw ValidationError("--worst must not be negative.") }
  }

  func run() throws {
    var fields = HintFields()
    fields.id = idField
    fields.question = questionField
    fields.gold = goldField
    fields.hint = hintField
    fields.choices = choicesField
    let audit = HintAudit(fields: fields, threads: threads)
    let path = hints == "-" ? "/dev/stdin" : hints
    var tally = AuditTally(shown: json || sarif ? 0 : worst)
    var output = StandardOutput()
    if sarif { try output.write(SARIFLog.opening) }
    var isFirst = true
    try audit(path) { result in
      tally.add(result)
      if json { try output.line(result.json.json) }
      guard sarif else { return }
      for finding in SARIFLog.results(result, uri: hints == "-" ? "stdin" : hints) {
        try output.write((isFirst ? "" : ",") + finding.json)
        isFirst = false
      }
    }
    if sarif { try output.line(SARIFLog.closing) }
    let report = AuditText(tally: tally, isColoured: AuditText.isColourWanted)
    if !json && !sarif {
      for line in report.lines { try output.line(line) }
    }
    try output.flush()
    if json || sarif { Console.note("audit: \(report.summary)") }
    if failOn != .none, tally.count(atLeast: failOn) > 0 { throw ExitCode(2) }
  }
}

extension Severity: ExpressibleByArgument {}
