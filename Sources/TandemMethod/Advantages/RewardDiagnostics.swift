package import TandemJSON
package import TandemRecords

/// What the rewards of a run can and cannot teach: degenerate terms, groups without signal, phantoms.
///
/// Made from stored rows, problem by problem; the same in whatever order and parts they are added.
package struct RewardDiagnostics: Hashable, Sendable {
  /// Counts over some of the groups.
  package struct Tally: Hashable, Sendable {
    /// Samples, without those that failed technically.
    package var traces = 0
    /// Correct ones.
    package var correct = 0
    /// Samples of the rescue round.
    package var rescue = 0
    /// Samples whose round has no partner that reaches the gate, so that the cross-model term is 0.
    package var withoutPartner = 0
    /// Groups with one of these samples.
    package var groups = 0
    /// Groups of one.
    package var single = 0
    /// Groups without a wrong trace, those of one among them.
    package var allCorrect = 0
    /// Groups without a correct trace, those of one among them.
    package var allWrong = 0
    /// Groups of two or more that the outcome gate left without advantages.
    package var gated = 0
    /// Groups with an advantage.
    package var withAdvantage = 0
    /// Groups in which the exploration term is 0 for all.
    package var explorationZero = 0
    /// Groups with exactly one correct trace in which the size of its reward changes no advantage.
    package var sizeless = 0
    /// Samples with an advantage beyond 0.1 though all of their group are alike in outcome.
    package var phantoms = 0
    /// Mean and standard deviation of each term over samples, in the order of the terms.
    package var terms = [ExactMean](repeating: ExactMean(), count: RewardTerms.all.count)
    /// Groups in which each term differs between traces, in the order of the terms.
    package var varying = [Int](repeating: 0, count: RewardTerms.all.count)
    /// The totals.
    package var total = ExactMean()

    /// Nothing counted yet.
    package init() {}

    /// The terms that are the same for all traces within every group, and so cancel.
    package var constantTerms: [String] {
      zip(RewardTerms.all, varying).filter { $0.1 == 0 }.map { $0.0.name }
    }
  }

  /// The rule that the rows were made with.
  package let rule: RewardRule
  /// All samples and groups.
  package private(set) var all = Tally()
  /// The same for the samples of each model and the groups they are in.
  package private(set) var models: [String: Tally] = [:]

  /// Nothing counted yet; models without a sample are listed too.
  package init(rule: RewardRule, team: [String]) {
    self.rule = rule
    for model in team { models[model] = Tally() }
  }

  /// Adds all rows of one problem.
  package mutating func add(_ rows: [Reward]) {
    for row in rows {
      let hasPartner = rows.contains { other in
        other.model != row.model && other.round == row.round
          && other.terms.correctness >= rule.scheme.partnerGate
      }
      all.add(row, hasPartner: hasPartner)
      models[row.model, default: Tally()].add(row, hasPartner: hasPartner)
    }
    for group in Dictionary(grouping: rows, by: \.group).values {
      let facts = GroupFacts(group, rule: rule.advantage)
      all.add(facts, phantoms: facts.phantoms)
      for (model, own) in Dictionary(grouping: group, by: \.model) {
        let phantoms =
          facts.phantoms == 0 ? 0 : own.count { abs($0.advantage) > GroupFacts.phantomSize }
        models[model, default: Tally()].add(facts, phantoms: phantoms)
      }
    }
  }

  /// Adds all that another has counted.
  package mutating func add(_ other: RewardDiagnostics) {
    all.add(other.all)
    for (model, tally) in other.models { models[model, default: Tally()].add(tally) }
  }
}

// MARK: - Counting

extension RewardDiagnostics.Tally {
  fileprivate mutating func add(_ row: Reward, hasPartner: Bool) {
    traces += 1
    correct += row.isCorrect ? 1 : 0
    rescue += row.round == .rescue ? 1 : 0
    withoutPartner += hasPartner ? 0 : 1
    for (index, term) in RewardTerms.all.enumerated() {
      terms[index].add(row.terms[keyPath: term.path])
    }
    total.add(row.total)
  }

  fileprivate mutating func add(_ facts: GroupFacts, phantoms: Int) {
    groups += 1
    single += facts.isSingle ? 1 : 0
    allCorrect += facts.isAllCorrect ? 1 : 0
    allWrong += facts.isAllWrong ? 1 : 0
    gated += facts.isGated ? 1 : 0
    withAdvantage += facts.hasAdvantage ? 1 : 0
    explorationZero += facts.isExplorationZero ? 1 : 0
    sizeless += facts.ignoresSize ? 1 : 0
    self.phantoms += phantoms
    for (index, isConstant) in facts.isConstant.enumerated() where !isConstant {
      varying[index] += 1
    }
  }

  fileprivate mutating func add(_ other: Self) {
    for path in Self.counts.map(\.path) { self[keyPath: path] += other[keyPath: path] }
    for index in terms.indices {
      terms[index].add(other.terms[index])
      varying[index] += other.varying[index]
    }
    total.add(other.total)
  }

  /// The counts by the names under which they are stored.
  fileprivate static let counts: [(name: String, path: any WritableKeyPath<Self, Int> & Sendable)] =
    [
      ("traces", \.traces), ("correct", \.correct), ("rescue", \.rescue),
      ("without_partner", \.withoutPartner), ("groups", \.groups), ("single", \.single),
      ("all_correct", \.allCorrect), ("all_wrong", \.allWrong), ("gated", \.gated),
      ("with_advantage", \.withAdvantage), ("exploration_zero", \.explorationZero),
      ("one_correct_sizeless", \.sizeless), ("phantom_advantages", \.phantoms),
    ]
}

// MARK: - Stored form

extension RewardDiagnostics {
  /// The summary that the manifest of `rewards/` holds.
  package var json: JSONObject {
    var summary = JSONObject()
    let named = models.sorted { $0.key < $1.key }.map { model, tally in
      JSONObject.Member(key: model, value: tally.json)
    }
    summary["models"] = .object(JSONObject(named))
    summary["all"] = all.json
    summary["notes"] = .array(notes.map(JSONValue.string))
    return summary
  }
}

extension RewardDiagnostics.Tally {
  fileprivate var json: JSONValue {
    var object = JSONObject()
    for (name, path) in Self.counts { object[name] = .number(self[keyPath: path]) }
    var means = JSONObject()
    var deviations = JSONObject()
    for (term, numbers) in zip(RewardTerms.all.map(\.name) + ["total"], terms + [total]) {
      means[term] = .number(numbers.mean)
      deviations[term] = .number(numbers.deviation)
    }
    object["mean"] = .object(means)
    object["std"] = .object(deviations)
    object["constant_terms"] = .array(constantTerms.map(JSONValue.string))
    return .object(object)
  }
}
