internal import TandemAnswers
internal import TandemSources

/// Audits the hints of anybody's file, in batches, in order, in memory that does not grow.
package struct HintAudit: Sendable {
  private let fields: HintFields
  private let derivable: Bool
  private let threads: Int
  /// Bytes of hints that are read before they are audited together.
  private static let batchBytes = 4 << 20
  private static let batchRows = 4096

  /// An audit; `derivable` says whether arithmetic that comes to the answer is looked for too.
  package init(fields: HintFields = HintFields(), derivable: Bool = true, threads: Int) {
    self.fields = fields
    self.derivable = derivable
    self.threads = threads
  }

  /// Reads a file of any known format and hands results to `body` in the order of the rows.
  ///
  /// - Throws: `SourceError` naming the row that lacks a member.
  package func callAsFunction(_ path: String, _ body: (AuditedHint) throws -> Void) throws {
    let paths = try HintPaths(fields)
    let reader = try SourceReader(path: path)
    var rows: [HintRow] = []
    var bytes = 0
    func flush() throws {
      for hints in try Parallel.map(Self.groups(rows), threads: threads, audit) {
        for hint in hints { try body(hint) }
      }
      rows.removeAll(keepingCapacity: true)
      bytes = 0
    }
    while let row = try reader.next() {
      let row = try HintRow(row, paths)
      bytes += row.hint.utf8.count
      rows.append(row)
      if rows.count == Self.batchRows || bytes >= Self.batchBytes { try flush() }
    }
    try flush()
  }

  /// Runs of rows of one problem, which share an auditor.
  private static func groups(_ rows: [HintRow]) -> [ArraySlice<HintRow>] {
    var groups: [ArraySlice<HintRow>] = []
    var start = 0
    for index in rows.indices.dropFirst() where !isSameProblem(rows[index - 1], rows[index]) {
      groups.append(rows[start..<index])
      start = index
    }
    if start < rows.count { groups.append(rows[start...]) }
    return groups
  }

  private static func isSameProblem(_ a: HintRow, _ b: HintRow) -> Bool {
    a.gold == b.gold && a.question == b.question && a.choices == b.choices
  }

  private func audit(_ rows: ArraySlice<HintRow>) -> [AuditedHint] {
    guard let first = rows.first else { return [] }
    let auditor = LeakAuditor(
      gold: first.gold, question: first.question, choices: first.choices)
    return rows.map { row in
      AuditedHint(
        id: row.id, text: row.hint, audit: auditor.audit(row.hint, derivable: derivable),
        file: row.place,
        row: row.line)
    }
  }
}
