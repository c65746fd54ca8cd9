internal import TandemAnswers
internal import TandemJSON
package import TandemMethod
internal import TandemRecords
package import TandemShards

/// `hint`: the teacher context of every student that failed, without the answer.
///
/// Reads `problems/`, `cold/`, `grades/`; writes `hints/`, one row a problem and eligible student, in the order of the
/// problems and of the team.
package struct HintStage: Sendable {
  private static let version = 1

  private let run: RunFolder
  private let rule: HintRule
  private let scheme: RewardScheme
  private let models: [String]?
  private let tokenizers: StudentTokenizers

  /// A stage with its rule.
  ///
  /// - Parameters:
  ///   - scheme: what teachers are chosen by
  ///   - models: the team; nil for every model in the run
  package init(
    run: RunFolder, rule: HintRule, scheme: RewardScheme, models: [String]?,
    tokenizers: StudentTokenizers = StudentTokenizers()
  ) {
    self.run = run
    self.rule = rule
    self.scheme = scheme
    self.models = models
    self.tokenizers = tokenizers
  }

  /// What was made.
  package struct Outcome: Sendable {
    package var manifest: Manifest
    package var made: Int
    package var team: [String]
    package var tally: HintTally
  }

  /// The stage as it would be done.
  package func preview(context: StageContext) throws -> StagePreview {
    let graded = try open()
    return try StagePreview(
      Hint.self, in: run.hints, plan: plan(graded.team), inputs: graded.all, context: context)
  }

  /// Makes the parts that are missing, and the summary from all of them.
  package func callAsFunction(context: StageContext) throws -> Outcome {
    let graded = try open()
    let map = try PartMap(over: graded.all, context: context)
    let output = try StageOutput<Hint>(
      run.hints, plan: plan(graded.team), compression: context.compression)
    let outcome = try map.run(into: output) { part, writer in
      try graded.forEach(part, context: context) { problem in
        for hint in hints(of: problem, team: graded.team) { try writer.write(hint) }
      }
    }
    let tally = try tally(outcome.parts, context: context)
    let manifest = try output.finish(parts: outcome.parts, summary: tally.json)
    return Outcome(manifest: manifest, made: outcome.made, team: graded.team, tally: tally)
  }

  private func open() throws -> GradedRun {
    let graded = try GradedRun(run, models: models)
    guard graded.team.count > 1 else {
      throw ShardError(
        run.grades(.cold), "has one model only, and hints need a peer; import or sample another")
    }
    for name in tokenizers.names where !graded.team.contains(name) {
      throw ShardError(
        run.grades(.cold),
        "has no model `\(name)`, which --tokenizer names; the team is \(graded.team.joined(separator: ", "))"
      )
    }
    return graded
  }

  private func plan(_ team: [String]) -> Plan {
    var options = rule.json
    options["auditor"] = .number(LeakAuditor.version)
    options["tokens"] = tokenizers.json(of: team)
    options["score"] = .object(scheme.json)
    return Plan(
      stage: "hint", stageVersion: Self.version, options: options, seed: rule.seed, team: team)
  }

  // MARK: One problem

  /// The hints of a problem's students, in the order of the team.
  private func hints(of graded: GradedProblem, team: [String]) -> [Hint] {
    let traces = graded.traces.filter { $0.grade.verdict != .error }
    let samples = traces.map {
      RewardSample($0.trace, grade: $0.grade, model: $0.model, hint: nil)
    }
    let students =
      rule.students == .all
      ? Set(samples.map(\.model)).sorted() : TeacherChoice.students(in: samples)
    guard !students.isEmpty else { return [] }
    let totals = totals(of: samples, gold: graded.problem.gold)
    let maker = HintMaker(graded.problem, rule: rule)
    return students.map { student in
      let place = TeacherChoice.teacher(of: student, samples: samples, totals: totals)
      let teacher = place.map {
        HintMaker.Teacher(
          trace: traces[$0].trace, answer: traces[$0].grade.extracted, score: totals[$0])
      }
      return maker.hint(
        for: team[student], teacher: teacher, counter: tokenizers.counter(of: team[student]))
    }
  }

  private func totals(of samples: [RewardSample], gold: String) -> [Double] {
    switch rule.teacherScore {
    case .reward: scheme.coldTotals(of: samples, gold: gold)
    case .correctness: scheme.coldCorrectness(of: samples, gold: gold)
    }
  }

  private func tally(_ parts: [Manifest.Part], context: StageContext) throws -> HintTally {
    let counted = try Parallel.map(parts, threads: context.threads) { part in
      var tally = HintTally()
      var reader = try RowReader<Hint>("\(run.hints)/\(part.name)")
      while let hint = try reader.next() { tally.add(hint) }
      return tally
    }
    return counted.reduce(into: HintTally()) { $0.add($1) }
  }
}
