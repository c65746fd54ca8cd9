internal import TandemJSON
internal import TandemMethod
internal import TandemRecords
internal import TandemShards

/// The traces of one model with all that packing needs to know of them.
struct PackInputs: Sendable {
  private let graded: RewardInputs
  private let rewards: StageInput?
  /// The rule of the rewards; nil where none are read.
  let rule: RewardRule?

  /// A trace that did not fail technically.
  struct Item: Sendable {
    var trace: Trace
    var isCorrect: Bool
    /// The hint that it was really given.
    var hint: Hint?
    /// Its reward; nil where none are read.
    var reward: Reward?
  }

  /// A problem with the traces of the model: cold, then rescue.
  struct Row: Sendable {
    var problem: Problem
    var items: [Item]
  }

  /// Opens the finished stages of a run.
  ///
  /// - Throws: ``ShardError`` when rewards are needed and are not there or not those of these traces.
  init(_ run: RunFolder, for purpose: PackOptions.Purpose, context: StageContext) throws {
    guard purpose == .policyGradient else {
      graded = try RewardInputs(run, models: try Self.hintTeam(run))
      rewards = nil
      rule = nil
      return
    }
    let rewards = try StageInput(run.rewards)
    let plan = try rewards.plan()
    guard let rule = plan["options"]?.object.flatMap(RewardRule.init) else {
      throw ShardError(run.rewards, "has a plan of another version: run `tandem reward` again")
    }
    graded = try RewardInputs(run, models: plan["team"]?.array?.compactMap(\.string))
    let expected = try PartMap(over: graded.all, context: context)
      .fingerprints(planDigest: rewards.manifest.plan)
    guard rewards.manifest.parts.map(\.fingerprint) == expected else {
      throw ShardError(
        run.rewards, "was made from other traces, grades or hints: run `tandem reward` again")
    }
    self.rewards = rewards
    self.rule = rule
  }

  /// The team that hints were made for, which the rescue round and its hints go by; nil without one.
  private static func hintTeam(_ run: RunFolder) throws -> [String]? {
    guard run.rounds.contains(.rescue), Folder.exists("\(run.hints)/plan.json") else { return nil }
    return try StageInput(run.hints).plan()["team"]?.array?.compactMap(\.string)
  }

  var team: [String] { graded.team }
  var problems: StageInput { graded.problems }

  /// Traces of a model that failed technically.
  func errors(of model: String) -> Int { graded.errors[model] ?? 0 }

  /// Every stage that is read, in the order in which parts depend on them.
  var all: [StageInput] { graded.all + (rewards.map { [$0] } ?? []) }

  /// Calls `body` with every problem of a part, in order, and counts it as progress.
  ///
  /// - Throws: ``ShardError`` when the stages do not fit together.
  func forEach(
    _ part: Int, of model: String, context: StageContext, _ body: (Row) throws -> Void
  ) throws {
    let place = team.firstIndex(of: model)
    var reader: GroupReader<Reward>? = try rewards.map {
      try GroupReader(try $0.rows(part), beside: problems.path(part))
    }
    try graded.forEach(part, context: context) { row in
      let rewards = try reader?.rows(of: row.problem.id)
      guard rewards.map({ $0.map(\.traceID) == row.traces.map(\.id) }) ?? true else {
        throw ShardError(
          self.rewards?.path(part) ?? "",
          "does not match the traces of problem \(row.problem.id): run `tandem reward` again")
      }
      let items = row.traces.indices.filter { row.samples[$0].model == place }.map { index in
        Item(
          trace: row.traces[index], isCorrect: row.samples[index].isCorrect,
          hint: row.samples[index].isHinted ? row.hints[index] : nil, reward: rewards?[index])
      }
      try body(Row(problem: row.problem, items: items))
    }
    try reader?.finish()
  }
}
