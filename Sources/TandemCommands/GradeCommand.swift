internal import ArgumentParser
internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemStages

/// Grades a run, a file of pairs, or one pair.
struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Extract the final answer of every trace and compare it with the gold answer.",
    discussion: """
      An answer is parsed into a value and values are compared, never strings: 1/2, 0.5, 50% and \
      \\frac{1}{2} are one. A trace that never states a final answer is `no_answer`: a number in \
      prose is never fished out. What exceeds the grader's bounds is `ungradable`, with the bound's \
      name.

        tandem grade run                              every round in a run
        tandem grade --gold '\\frac{1}{2}' --answer 0.5 --explain
        tandem grade --pairs pairs.jsonl

      Rows of --pairs are {id, gold, trace} or {id, gold, answer}; they may have `question`, `choices` and `gold_type` (number, expression, choice, \
      text); rows {id, verdict, extracted, rule} go to standard output in the same order. With \
      --on-error skip a row that cannot be graded gives {id, row, error} in its place.
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var path: String?

  @Option(help: "Grade only this round: cold, rescue or leap. The default is every round present.")
  var round: Round?

  @Option(help: "A gold answer, to grade --answer or --trace against.")
  var gold: String?

  @Option(help: "An answer, already extracted.")
  var answer: String?

  @Option(help: "A whole trace, to extract the answer from.")
  var trace: String?

  @Option(help: "The question of --gold, where equality depends on it.")
  var question: String?

  @Flag(help: "Say how both sides were read and what decided.")
  var explain = false

  @Option(help: "A file of pairs, one JSON object a line; - for standard input.")
  var pairs: String?

  @Option(help: "With --pairs, at a row without a gold answer or a text: stop, or skip it.")
  var onError: RowErrorPolicy = .stop

  @Option(
    help: ArgumentHelp(
      "Accept less than a stated answer: last-number.",
      discussion: "For benchmarks that want it; recorded in the plan."))
  var lenient: GradeOptions.LenientRule?

  @OptionGroup var work: WorkOptions

  func validate() throws {
    let ways = [path != nil, gold != nil, pairs != nil].count { $0 }
    guard ways == 1 else { throw ValidationError("Give a run, --gold or --pairs.") }
    guard pairs != nil || onError == .stop else {
      throw ValidationError("--on-error goes with --pairs.")
    }
    if gold != nil {
      guard (answer == nil) != (trace == nil) else {
        throw ValidationError("--gold needs --answer or --trace.")
      }
    }
  }

  func run() throws {
    var options = GradeOptions()
    options.lenient = lenient
    if let path {
      try GradeRun(run: RunFolder(path), round: round, options: options, work: work)()
    } else if let pairs {
      try GradePairs(
        path: pairs == "-" ? "/dev/stdin" : pairs, options: options, onError: onError,
        threads: work.threads)()
    } else {
      try gradeOne(options)
    }
  }

  private func gradeOne(_ options: GradeOptions) throws {
    let grader = Grader(options)
    let key = AnswerKey(gold: gold ?? "", question: question)
    let grading =
      trace.map { grader.explain(trace: $0, key: key) }
      ?? grader.explain(answer: answer ?? "", key: key)
    var output = StandardOutput()
    if work.json {
      try output.line(grading.json(id: nil).json)
    } else {
      try output.line("\(grading.verdict.rawValue) (rule: \(grading.rule))")
      if let reason = grading.reason { try output.line("decided by: \(reason)") }
      if explain { for line in grading.explanation { try output.line("  \(line)") } }
    }
    try output.flush()
  }
}

extension Round: ExpressibleByArgument {}

extension GradeOptions.LenientRule: ExpressibleByArgument {}
