/// The metrics of a table as statistics over columns, in the order in which a report lists them.
struct MetricPlan {
  /// Where in a report a metric stands.
  enum Section: Hashable {
    case model(Int), team, equalBudget
  }

  /// A metric before its value is computed.
  struct Entry {
    var section: Section
    var key: String
    var statistic: Statistic
    /// Problems that say nothing about it.
    var excluded = 0
    /// Why it has no value, should that be so.
    var absence: String
    /// The models of which the statistic takes the best.
    var candidates: [Candidate] = []
  }

  /// A model with the same metric for it alone.
  struct Candidate {
    var model: Int
    var statistic: Statistic
  }

  private(set) var entries: [Entry] = []
  /// Each of the length of the table.
  private(set) var columns: [[Double]] = []

  private let table: OutcomeTable
  private var passes: [[Int]: Entry] = [:]

  /// Plans every metric that a table gives.
  init(_ table: OutcomeTable) {
    self.table = table
    for model in table.team.indices { addModel(model) }
    addTeam()
  }

  // MARK: Models

  private mutating func addModel(_ model: Int) {
    for k in PassAtK.listed(upTo: samples(of: model)) { entries.append(pass(model, k)) }
    addMean("majority", of: .model(model), absence: "no problem has a sample") { members in
      members[model].majority.map { $0 ? 1 : 0 }
    }
    let cells = (0..<table.problems).map { table.cells[$0 * table.team.count + model] }
    let tokens = add(cells.map { Double($0.tokens) })
    let counted = add(cells.map { Double($0.counted) })
    entries.append(
      Entry(
        section: .model(model), key: "mean_tokens", statistic: .ratio(tokens, over: counted),
        absence: "no sample states its tokens"))
  }

  /// pass@k of one model, planned once.
  private mutating func pass(_ model: Int, _ k: Int) -> Entry {
    if let known = passes[[model, k]] { return known }
    let (statistic, excluded) = mean { members in
      PassAtK.success(n: Int(members[model].n), c: Int(members[model].c), k: k)
    }
    let entry = Entry(
      section: .model(model), key: "pass@\(k)", statistic: statistic, excluded: excluded,
      absence: "needs \(k) samples of a problem, at most \(samples(of: model)) are there")
    passes[[model, k]] = entry
    return entry
  }

  /// The largest number of samples of one problem.
  private func samples(of model: Int) -> Int {
    (0..<table.problems).map { Int(table.cells[$0 * table.team.count + model].n) }.max() ?? 0
  }

  // MARK: Team

  private mutating func addTeam() {
    let size = table.team.count
    let shared = (0..<table.problems).map { problem in
      table.members(of: problem).map { Int($0.n) }.min() ?? 0
    }
    let budgets = PassAtK.listed(upTo: shared.max() ?? 0)
    for k in budgets {
      let absence =
        "needs \(k) samples of every model for a problem, at most "
        + "\(shared.max() ?? 0) are there"
      addMean("pass@\(k)", of: .team, absence: absence) { members in
        members.isEmpty ? nil : PassAtK.team(members.map { (Int($0.n), Int($0.c)) }, k: k)
      }
    }
    let incomplete = "no problem has a sample of every model"
    addMean("p12", of: .team, absence: incomplete) { members in
      guard !members.isEmpty, members.allSatisfy({ $0.n > 0 }) else { return nil }
      return members.reduce(1) { $0 * Double($1.c) / Double($1.n) }
    }
    addMean("p12_first", of: .team, absence: incomplete) { members in
      let first = members.compactMap(\.first)
      guard !members.isEmpty, first.count == members.count else { return nil }
      return first.allSatisfy { $0 } ? 1 : 0
    }
    addPhi()
    let majority = table.teamMajority
    let (statistic, excluded) = mean(majority.map { $0.map { $0 ? 1 : 0 } })
    entries.append(
      Entry(
        section: .team, key: "majority", statistic: statistic, excluded: excluded,
        absence: incomplete))
    for k in budgets where size > 0 {
      let (budget, overflow) = k.multipliedReportingOverflow(by: size)
      guard !overflow else { continue }
      let most = table.team.indices.map { samples(of: $0) }.max() ?? 0
      // A model without so many samples of any problem is no candidate.
      let able = table.team.indices.filter { samples(of: $0) >= budget }
      let passes = able.map { pass($0, budget) }
      entries.append(
        Entry(
          section: .equalBudget, key: "pass@\(budget)",
          statistic: .best(passes.map(\.statistic)), excluded: passes.map(\.excluded).max() ?? 0,
          absence: "needs \(budget) samples of one model for a problem, at most \(most) are there",
          candidates: zip(able, passes).map { Candidate(model: $0, statistic: $1.statistic) }))
    }
  }

  /// The correlation of the failures of first samples.
  private mutating func addPhi() {
    var pairs: [Statistic.Pair] = []
    for a in table.team.indices {
      for b in table.team.indices.dropFirst(a + 1) {
        let failures = (0..<table.problems).map { problem -> (a: Double, b: Double)? in
          let cells = Array(table.members(of: problem))
          guard let first = cells[a].first, let second = cells[b].first else { return nil }
          return (first ? 0 : 1, second ? 0 : 1)
        }
        let complete = failures.allSatisfy { $0 != nil }
        pairs.append(
          Statistic.Pair(
            first: add(failures.map { $0?.a ?? 0 }), second: add(failures.map { $0?.b ?? 0 }),
            both: add(failures.map { ($0?.a ?? 0) * ($0?.b ?? 0) }),
            known: complete ? nil : add(failures.map { $0 == nil ? 0 : 1 })))
      }
    }
    let absence =
      pairs.isEmpty ? "needs two models" : "no pair of models has first samples that vary in both"
    let unpaired = (0..<table.problems).count { problem in
      table.members(of: problem).count { $0.first != nil } < min(2, table.team.count)
    }
    entries.append(
      Entry(
        section: .team, key: "phi", statistic: .correlation(pairs), excluded: unpaired,
        absence: absence))
  }

  // MARK: Columns

  private mutating func addMean(
    _ key: String, of section: Section, absence: String,
    _ value: ([OutcomeCell]) -> Double?
  ) {
    let (statistic, excluded) = mean(value)
    entries.append(
      Entry(
        section: section, key: key, statistic: statistic, excluded: excluded, absence: absence))
  }

  private mutating func mean(_ value: ([OutcomeCell]) -> Double?) -> (Statistic, excluded: Int) {
    mean((0..<table.problems).map { value(Array(table.members(of: $0))) })
  }

  /// The mean over the problems with a value, and the number of the others.
  private mutating func mean(_ values: [Double?]) -> (Statistic, excluded: Int) {
    let excluded = values.count { $0 == nil }
    let column = add(values.map { $0 ?? 0 })
    let known = excluded == 0 ? nil : add(values.map { $0 == nil ? 0 : 1 })
    return (.ratio(column, over: known), excluded)
  }

  private mutating func add(_ column: [Double]) -> Int {
    columns.append(column)
    return columns.count - 1
  }
}
