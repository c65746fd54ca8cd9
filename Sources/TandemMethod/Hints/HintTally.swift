package import TandemJSON
package import TandemRecords

/// Counts of hints: what became of them, what is left of them, and why pieces went.
package struct HintTally: Hashable, Sendable {
  /// The counts of one student, or of the hints of one teacher.
  package struct Counts: Hashable, Sendable {
    /// Hint rows.
    package var rows = 0
    package var given = 0
    package var withheld = 0
    /// Rows without a hint, by reason.
    package var none: [String: Int] = [:]
    /// Hints, given or withheld, from which nothing was cut but the answer statements.
    package var untouched = 0
    /// Steps that are left in all hints, and the steps cut whole from them.
    package var stepsKept = 0
    /// Tokens of all hints.
    package var tokens = 0
    /// Whether any of them is an estimate.
    package var isEstimated = false
    /// Pieces cut from hints, by reason.
    package var removed: [String: Int] = [:]

    /// No hints yet.
    package init() {}

    /// Hints that were made, given or withheld.
    package var made: Int { given + withheld }

    mutating func add(_ hint: Hint) {
      rows += 1
      if hint.tokensEstimated { isEstimated = true }
      guard hint.status != .none else {
        none[hint.reason ?? "", default: 0] += 1
        return
      }
      if hint.status == .given { given += 1 } else { withheld += 1 }
      stepsKept += hint.stepsKept
      tokens += hint.tokens
      for removal in hint.removed { removed[removal.reason, default: 0] += 1 }
      if hint.removed.allSatisfy({ $0.reason.hasPrefix("answer: ") }) { untouched += 1 }
    }

    mutating func add(_ other: Counts) {
      rows += other.rows
      given += other.given
      withheld += other.withheld
      none.merge(other.none, uniquingKeysWith: +)
      untouched += other.untouched
      stepsKept += other.stepsKept
      tokens += other.tokens
      isEstimated = isEstimated || other.isEstimated
      removed.merge(other.removed, uniquingKeysWith: +)
    }
  }

  /// By student, and all together.
  package private(set) var students: [String: Counts] = [:]
  package private(set) var all = Counts()
  /// By the model whose trace is used.
  package private(set) var teachers: [String: Counts] = [:]

  package init() {}

  /// Counts one row.
  package mutating func add(_ hint: Hint) {
    students[hint.student, default: Counts()].add(hint)
    all.add(hint)
    if let teacher = hint.teacher { teachers[teacher, default: Counts()].add(hint) }
  }

  /// Adds the counts of other rows.
  package mutating func add(_ other: HintTally) {
    for (name, counts) in other.students { students[name, default: Counts()].add(counts) }
    for (name, counts) in other.teachers { teachers[name, default: Counts()].add(counts) }
    all.add(other.all)
  }
}

// MARK: - Stored form

extension HintTally {
  /// The counts as a manifest's summary.
  package var json: JSONObject {
    var object = JSONObject()
    object["all"] = .object(all.json)
    for (key, table) in [("students", students), ("teachers", teachers)] {
      object[key] = .object(
        JSONObject(
          table.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .object($0.value.json)) }
        ))
    }
    return object
  }
}

extension HintTally.Counts {
  fileprivate var json: JSONObject {
    var object = JSONObject()
    object["eligible"] = .number(rows)
    object["hints"] = .number(made)
    object["given"] = .number(given)
    object["withheld"] = .number(withheld)
    object["none"] = .object(Self.sorted(none))
    object["steps_kept"] = .number(stepsKept)
    object["tokens"] = .number(tokens)
    object["tokens_estimated"] = .bool(isEstimated)
    object["untouched"] = .number(untouched)
    object["removed"] = .object(Self.sorted(removed))
    return object
  }

  private static func sorted(_ counts: [String: Int]) -> JSONObject {
    JSONObject(
      counts.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .number($0.value)) })
  }
}
