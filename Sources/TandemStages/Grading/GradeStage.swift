package import TandemAnswers
internal import TandemJSON
package import TandemRecords
package import TandemShards

/// `grade`: the verdict on every trace of a round.
///
/// Reads `problems/` and the round's traces, writes one grade a trace in the same order. The parsed gold answer is
/// shared by the traces of a problem.
package struct GradeStage: Sendable {
  /// Problems that are graded at once when a part has several threads to itself.
  private static let batch = 256
  private static let version = 1

  private let run: RunFolder
  private let options: GradeOptions

  package init(run: RunFolder, options: GradeOptions) {
    self.run = run
    self.options = options
  }

  /// What became of a round.
  package struct Outcome: Sendable {
    package var round: Round
    package var manifest: Manifest
    package var made: Int
    /// Verdicts by model, sorted by name.
    package var verdicts: [(model: String, counts: [Verdict: Int])]
  }

  /// The stage as it would be done: which parts are kept and which made.
  package func preview(_ round: Round, context: StageContext) throws -> StagePreview {
    let inputs = try inputs(round)
    return try StagePreview(
      Grade.self, in: run.grades(round), plan: plan(round), inputs: inputs, context: context)
  }

  /// Grades the traces of a round.
  package func callAsFunction(_ round: Round, context: StageContext) throws -> Outcome {
    let inputs = try inputs(round)
    let map = try PartMap(over: inputs, context: context)
    let output = try StageOutput<Grade>(
      run.grades(round), plan: plan(round), compression: context.compression)
    let outcome = try map.run(into: output) { index, writer in
      try gradePart(
        index, problems: inputs[0], traces: inputs[1], threads: map.threadsPerPart,
        context: context, into: &writer)
    }
    let verdicts = try VerdictCount.count(outcome.parts, in: output.folder, context: context)
    let manifest = try output.finish(parts: outcome.parts, summary: VerdictCount.json(verdicts))
    return Outcome(round: round, manifest: manifest, made: outcome.made, verdicts: verdicts)
  }

  private func inputs(_ round: Round) throws -> [StageInput] {
    [try StageInput(run.problems), try StageInput(run.traces(round))]
  }

  private func plan(_ round: Round) -> Plan {
    var options = JSONObject()
    options["round"] = .string(round.rawValue)
    options["grader_version"] = .number(Grader.version)
    options["lenient"] = self.options.lenient == nil ? .null : "last-number"
    return Plan(stage: "grade", stageVersion: Self.version, options: options)
  }

  private func gradePart(
    _ index: Int, problems: StageInput, traces: StageInput, threads: Int, context: StageContext,
    into writer: inout PartWriter<Grade>
  ) throws {
    var problemReader = try problems.rows(index, as: Problem.self)
    var groups = try GroupReader<Trace>(
      try traces.rows(index), beside: problems.path(index))
    var batch: [(problem: Problem, traces: [Trace])] = []
    func flush() throws {
      let graded = try Parallel.map(batch, threads: threads) { grade($0.traces, of: $0.problem) }
      for grades in graded { for grade in grades { try writer.write(grade) } }
      context.progress.advance(batch.count)
      batch.removeAll(keepingCapacity: true)
      try context.cancellation.check()
    }
    while let problem = try problemReader.next() {
      batch.append((problem, try groups.rows(of: problem.id)))
      if batch.count >= (threads > 1 ? Self.batch : 1) { try flush() }
    }
    try flush()
    try groups.finish()
  }

  private func grade(_ traces: [Trace], of problem: Problem) -> [Grade] {
    guard !traces.isEmpty else { return [] }
    let grader = Grader(options)
    let key = AnswerKey(
      gold: problem.gold, type: problem.goldType, question: problem.question,
      choices: problem.choices)
    return traces.map { trace in
      guard trace.error == nil else {
        return Grade(
          of: trace, verdict: .error, extracted: nil, rule: "none", version: Grader.version)
      }
      let grading = grader.grade(trace: trace.text, key: key)
      return Grade(
        of: trace, verdict: grading.verdict, extracted: grading.extracted, rule: grading.rule,
        version: Grader.version)
    }
  }
}
