internal import ArgumentParser
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

        tandem audit run                                 the hints of a run, into its audit/
        tandem audit --hints hints.jsonl                 anybody's rows: a table, and the worst
        tandem audit --hints hints.jsonl --json          one row a hint: {id, severity, findings}
        tandem audit run --sarif > leaks.sarif           for code-review tools
        tandem audit --hints data.parquet --gold-field answer --hint-field messages[0].content

        tandem audit run --probe DIR                     what a model makes of the hints

      In a run the hints that dropout withholds are audited too; only what has changed is audited \
      again.

      Rows of --hints are {id, question, gold, hint, choices}; id, question and choices may be missing, but \
      without the question nothing is `given`, and without choices the text of the right option is \
      not known. Any known format is read, in archives too.

      Exit status: 0 when no hint is as bad as --fail-on, 2 when one is, so that an audit can guard \
      a pipeline; 1 for an error.
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var path: String?

  @Option(help: "A file of hints in any known format instead of a run; - for standard input.")
  var hints: String?

  @OptionGroup var fields: HintFieldOptions

  @Option(
    help: ArgumentHelp(
      "The mildest severity that fails: literal, equivalent, derivable or given.",
      discussion: "`none` never fails."))
  var failOn: Severity = .equivalent

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Look for arithmetic that comes to the answer, too.",
      discussion: "Without it an audit of clean hints is several times faster."))
  var derivable = true

  @Option(
    help: ArgumentHelp(
      "A model's folder: ask the model how much likelier each hint makes the answer.",
      discussion: """
        Adds to each finding the bits by which the hint raises the probability of the gold answer, and \
        the verdict on what the model answers to the hint without the question.
        """, valueName: "dir"))
  var probe: String?

  @Flag(help: "Write the findings as SARIF 2.1.0, for code-review tools.")
  var sarif = false

  @Option(help: "How many of the worst hints the table is followed by.")
  var worst: Int = 5

  @OptionGroup var work: WorkOptions

  func validate() throws {
    guard (path == nil) != (hints == nil) else {
      throw ValidationError(
        path == nil
          ? "Give a run, or --hints with a file of hints." : "Give a run or --hints, not both.")
    }
    guard !(work.json && sarif) else { throw ValidationError("Give --json or --sarif, not both.") }
    guard hints == nil || probe == nil else { throw ValidationError("--probe needs a run.") }
    guard hints == nil || !work.dryRun else { throw ValidationError("--dry-run needs a run.") }
    guard derivable || failOn != .derivable else {
      throw ValidationError("--fail-on derivable needs what --no-derivable leaves out.")
    }
    guard worst >= 0 else { throw ValidationError("--worst must not be negative.") }
  }

  func run() throws {
    let form: AuditReport.Form = work.json ? .rows : sarif ? .sarif : .table
    let tally: AuditTally?
    if let hints {
      tally = try AuditFile(
        path: hints, fields: fields.fields, form: form, shown: worst, derivable: derivable,
        threads: work.threads)()
    } else {
      tally = try AuditRun(
        run: RunFolder(path ?? ""), form: form, shown: worst, derivable: derivable, probe: probe,
        work: work)()
    }
    guard let tally, failOn != .none else { return }
    if tally.count(atLeast: failOn) > 0 { throw ExitCode(2) }
  }
}

extension Severity: ExpressibleByArgument {}
