package import TandemRecords

/// One graded trace as the statistics see it.
package struct StatisticsSample: Hashable, Sendable {
  /// Its number among the model's samples.
  package var sample: Int
  /// What became of it.
  package var verdict: Verdict
  /// The class of its answer; equal for answers that the grader takes to be equal, nil without an answer.
  package var answer: Int?
  /// The length of its text in Unicode code points.
  package var characters: Int
  /// The tokens that the model wrote, as far as known.
  package var tokens: Int?
  /// The kinds of step in it.
  package var signature: OperationSignature

  /// Makes a sample; see the properties.
  package init(
    sample: Int, verdict: Verdict, answer: Int?, characters: Int, tokens: Int?,
    signature: OperationSignature
  ) {
    self.sample = sample
    self.verdict = verdict
    self.answer = answer
    self.characters = characters
    self.tokens = tokens
    self.signature = signature
  }
}

/// What the cold round of a team looks like: verdicts by stratum, who could rescue whom, agreement, lengths, steps.
///
/// The same in whatever order and parts problems are added.
package struct RunStatistics: Hashable, Sendable {
  /// What problems are told apart by.
  package enum Field: String, CaseIterable, Comparable, Sendable {
    case dataset, level, subject

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// A value of a field.
  package struct Stratum: Hashable, Comparable, Sendable {
    /// Which field.
    package var field: Field
    /// Its value.
    package var value: String

    package static func < (a: Self, b: Self) -> Bool {
      (a.field, a.value) < (b.field, b.value)
    }
  }

  /// Problems of a stratum with the verdicts on each model's traces, in team order.
  package struct Verdicts: Hashable, Sendable {
    /// Problems.
    package fileprivate(set) var problems = 0
    /// Of each model.
    package fileprivate(set) var counts: [[Verdict: Int]]
  }

  /// Lengths and kinds of step of one model's traces, without those that failed technically.
  package struct Writing: Hashable, Sendable {
    /// Traces.
    package fileprivate(set) var traces = 0
    /// Unicode code points in all.
    package fileprivate(set) var characters = 0
    /// The longest.
    package fileprivate(set) var longest = 0
    /// Traces of known token count, and their tokens.
    package fileprivate(set) var counted = 0
    package fileprivate(set) var tokens = 0
    /// Traces in which each kind of step occurs, in the order of the kinds.
    package fileprivate(set) var kinds = [Int](
      repeating: 0, count: OperationKind.allCases.count)
  }

  /// How often the first samples of two models agree.
  package struct Agreement: Hashable, Sendable {
    /// Problems for which both state an answer.
    package fileprivate(set) var compared = 0
    /// Those with equal answers, and of them those with the same wrong one.
    package fileprivate(set) var equal = 0
    package fileprivate(set) var equallyWrong = 0
  }

  /// The models.
  package let team: [String]
  /// Problems in all.
  package private(set) var problems = 0
  /// By stratum; a problem without a level or subject is in no stratum of it.
  package private(set) var strata: [Stratum: Verdicts] = [:]
  /// `rescuable[a][b]`: problems of which a has a correct trace while all traces of b failed.
  package private(set) var rescuable: [[Int]]
  /// `agreement[a][b]` for a < b, empty elsewhere.
  package private(set) var agreement: [[Agreement]]
  /// Of each model.
  package private(set) var writing: [Writing]

  /// Nothing counted yet.
  package init(team: [String]) {
    self.team = team
    rescuable = team.map { _ in team.map { _ in 0 } }
    agreement = team.map { _ in team.map { _ in Agreement() } }
    writing = team.map { _ in Writing() }
  }

  /// Adds a problem with each model's samples, in team order.
  package mutating func add(_ problem: Problem, samples: [[StatisticsSample]]) {
    problems += 1
    let values: [(Field, String?)] = [
      (.dataset, problem.dataset), (.level, problem.level), (.subject, problem.subject),
    ]
    for (field, value) in values {
      guard let value else { continue }
      strata[Stratum(field: field, value: value), default: Verdicts(counts: team.map { _ in [:] })]
        .add(samples)
    }
    let valid = samples.map { $0.filter { $0.verdict != .error } }
    for (model, samples) in valid.enumerated() {
      for sample in samples { writing[model].add(sample) }
    }
    let solved = valid.map { $0.contains { $0.verdict == .correct } }
    let first = valid.map { $0.min { $0.sample < $1.sample } }
    for a in team.indices {
      for b in team.indices where a != b {
        if solved[a], !solved[b], !valid[b].isEmpty { rescuable[a][b] += 1 }
        if a < b, let mine = first[a], let theirs = first[b] { agreement[a][b].add(mine, theirs) }
      }
    }
  }

  /// Adds all that another has counted, of the same team.
  package mutating func add(_ other: RunStatistics) {
    problems += other.problems
    for (stratum, verdicts) in other.strata {
      strata[stratum, default: Verdicts(counts: team.map { _ in [:] })].add(verdicts)
    }
    for a in team.indices {
      writing[a].add(other.writing[a])
      for b in team.indices {
        rescuable[a][b] += other.rescuable[a][b]
        agreement[a][b].add(other.agreement[a][b])
      }
    }
  }
}

// MARK: - Counting

extension RunStatistics.Verdicts {
  fileprivate mutating func add(_ samples: [[StatisticsSample]]) {
    problems += 1
    for (model, samples) in samples.enumerated() {
      for sample in samples { counts[model][sample.verdict, default: 0] += 1 }
    }
  }

  fileprivate mutating func add(_ other: Self) {
    problems += other.problems
    for model in counts.indices { counts[model].merge(other.counts[model], uniquingKeysWith: +) }
  }
}

extension RunStatistics.Writing {
  fileprivate mutating func add(_ sample: StatisticsSample) {
    traces += 1
    characters += sample.characters
    longest = max(longest, sample.characters)
    if let tokens = sample.tokens {
      counted += 1
      self.tokens &+= tokens
    }
    for kind in sample.signature.kinds { kinds[kind.rawValue] += 1 }
  }

  fileprivate mutating func add(_ other: Self) {
    traces += other.traces
    characters += other.characters
    longest = max(longest, other.longest)
    counted += other.counted
    tokens &+= other.tokens
    for kind in kinds.indices { kinds[kind] += other.kinds[kind] }
  }

  /// The mean length in code points; nil without a trace.
  package var meanCharacters: Double? {
    traces > 0 ? Double(characters) / Double(traces) : nil
  }

  /// The mean number of tokens; nil when no trace states it.
  package var meanTokens: Double? { counted > 0 ? Double(tokens) / Double(counted) : nil }
}

extension RunStatistics.Agreement {
  fileprivate mutating func add(_ a: StatisticsSample, _ b: StatisticsSample) {
    guard let mine = a.answer, let theirs = b.answer else { return }
    compared += 1
    guard mine == theirs else { return }
    equal += 1
    if a.verdict != .correct { equallyWrong += 1 }
  }

  fileprivate mutating func add(_ other: Self) {
    compared += other.compared
    equal += other.equal
    equallyWrong += other.equallyWrong
  }
}
