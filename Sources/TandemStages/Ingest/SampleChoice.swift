internal import TandemJSON
internal import TandemRecords

/// A seeded choice of some of the problems, if wanted in the shares of a field's values.
package struct SampleChoice: Hashable, Sendable {
  /// How many problems are taken.
  package var count: Int
  /// The field whose values keep their shares.
  package var stratify: Stratum?

  /// A field by which problems can be grouped.
  package enum Stratum: String, CaseIterable, Sendable {
    case level, subject
    case goldType = "gold_type"

    func value(of problem: Problem) -> String {
      switch self {
      case .level: problem.level ?? ""
      case .subject: problem.subject ?? ""
      case .goldType: problem.goldType.rawValue
      }
    }
  }

  package init(count: Int, stratify: Stratum? = nil) {
    self.count = count
    self.stratify = stratify
  }

  var json: JSONValue {
    ["count": .number(count), "stratify": stratify.map { .string($0.rawValue) } ?? .null]
  }

  /// Chooses rows.
  ///
  /// - Parameters:
  ///   - strata: The stratum of every row.
  ///   - seed: Decides which rows of a stratum are taken.
  /// - Returns: the numbers of the rows taken, ascending; all of them where there are no more than ``count``.
  func rows(strata: [String], seed: Int) -> [Int] {
    guard strata.count > count else { return Array(strata.indices) }
    let draw = Philox(key: UInt64(bitPattern: Int64(seed)))
    let groups = Dictionary(grouping: strata.indices) { stratify == nil ? "" : strata[$0] }
    let shares = Self.shares(
      of: count, among: groups.map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 })
    let chosen = groups.flatMap { name, rows in
      rows.map { (key: draw.block(UInt64($0)).0, row: $0) }
        .sorted { ($0.key, $0.row) < ($1.key, $1.row) }
        .prefix(shares[name] ?? 0).map(\.row)
    }
    return chosen.sorted()
  }

  /// Parts of `total` in proportion to sizes, by largest remainders; ties go to the name that comes first.
  static func shares(of total: Int, among sizes: [(name: String, size: Int)]) -> [String: Int] {
    let all = sizes.reduce(0) { $0 + $1.size }
    guard all > 0 else { return [:] }
    let exact = sizes.map { (name: $0.name, share: $0.size.multipliedFullWidth(by: total)) }
      .map { entry in (entry.name, all.dividingFullWidth(entry.share)) }
    var shares = Dictionary(uniqueKeysWithValues: exact.map { ($0.0, $0.1.quotient) })
    let left = total - shares.values.reduce(0, +)
    for entry in exact.sorted(by: { ($1.1.remainder, $0.0) < ($0.1.remainder, $1.0) }).prefix(left)
    {
      shares[entry.0, default: 0] += 1
    }
    return shares
  }
}
