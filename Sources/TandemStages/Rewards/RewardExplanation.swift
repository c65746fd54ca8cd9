internal import TandemJSON
package import TandemMethod
package import TandemRecords
internal import TandemShards

/// How the rewards of one problem came about: everything that the formulas use, to be checked by hand.
package struct RewardExplanation: Sendable {
  /// One trace of the problem.
  package struct Line: Sendable {
    package var trace: Trace
    package var grade: Grade
    package var reward: Reward
    package var isHinted: Bool
    /// The kinds of step in it.
    package var kinds: [OperationKind]
    /// Token overlap of its answer with the gold answer.
    package var partial: Double
    /// The distance to every trace, in order.
    package var distances: [Double]
  }

  /// One group of traces.
  package struct Group: Sendable {
    package var name: String
    /// The places of its traces.
    package var members: [Int]
    package var statistics: GroupStatistics
    /// What distances to the mean are divided by.
    package var denominator: Double
  }

  package let problem: Problem
  package let rule: RewardRule
  package let lines: [Line]
  package let groups: [Group]

  /// Explains the problem of a trace under the rule that `rewards/` was made with.
  ///
  /// - Throws: `ShardError` when there are no rewards, no such trace in them, or they are not of these traces.
  package init(of traceID: String, in run: RunFolder, context: StageContext) throws {
    let rewards = try StageInput(run.rewards)
    let plan = try rewards.plan()
    guard let rule = plan["options"]?.object.flatMap(RewardRule.init) else {
      throw ShardError(run.rewards, "has a plan of another version: run `tandem reward` again")
    }
    let team = plan["team"]?.array?.compactMap(\.string)
    let inputs = try RewardInputs(run, models: team)
    let map = try PartMap(over: inputs.all + [rewards], context: context)
    let found = try Parallel.map(Array(0..<map.count), threads: context.threads) { part in
      try Self.stored(rewards, part, holding: traceID).map { (part, $0) }
    }
    guard let (part, stored) = found.compactMap({ $0 }).first else {
      throw ShardError(
        run.rewards, "has no trace `\(traceID)`; it must be of the team and must not have failed")
    }
    var row: RewardInputs.Row?
    try inputs.forEach(part, context: context) { candidate in
      if candidate.problem.id == stored.first?.problemID { row = candidate }
    }
    guard let row, row.traces.map(\.id) == stored.map(\.traceID) else {
      throw ShardError(run.rewards, "is not of these traces: run `tandem reward` again")
    }
    self.init(row, stored: stored, rule: rule)
  }

  private init(_ row: RewardInputs.Row, stored: [Reward], rule: RewardRule) {
    let problem = row.rewardCase
    self.problem = row.problem
    self.rule = rule
    lines = row.traces.indices.map { index in
      Line(
        trace: row.traces[index], grade: row.grades[index], reward: stored[index],
        isHinted: row.samples[index].isHinted, kinds: problem.features[index].signature.kinds,
        partial: problem.partial[index],
        distances: row.traces.indices.map {
          index == $0 ? 0 : problem.similarity.distance(index, $0)
        })
    }
    groups = rule.advantage.groups(of: row.samples).map { members in
      let statistics = GroupStatistics(members.map { stored[$0].total })
      return Group(
        name: stored[members[0]].group, members: members, statistics: statistics,
        denominator: rule.advantage.denominator(statistics.deviation))
    }
  }

  /// The stored rows of the problem that a trace belongs to.
  private static func stored(_ rewards: StageInput, _ part: Int, holding traceID: String) throws
    -> [Reward]?
  {
    var reader = try rewards.rows(part, as: Reward.self)
    var problem: [Reward] = []
    var isFound = false
    while let row = try reader.next() {
      if let first = problem.first, first.problemID != row.problemID {
        if isFound { break }
        problem.removeAll(keepingCapacity: true)
      }
      problem.append(row)
      if row.traceID == traceID { isFound = true }
    }
    return isFound ? problem : nil
  }
}
