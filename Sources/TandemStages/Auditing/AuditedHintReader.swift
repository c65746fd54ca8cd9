internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemShards

/// Reads the hints of a part of a run beside what their audit found.
package struct AuditedHintReader: ~Copyable {
  private var hints: RowReader<Hint>
  private var findings: RowReader<Finding>
  private let folder: String
  /// Rows that had no hint, so far.
  package private(set) var withoutText = 0

  /// Opens a part of `hints/` and the same of `audit/`.
  package init(_ part: Int, in run: RunFolder) throws {
    let hints = try RowReader<Hint>("\(run.hints)/\(PartName.of(part))")
    let findings = try RowReader<Finding>("\(run.audit)/\(PartName.of(part))")
    self.hints = hints
    self.findings = findings
    folder = run.audit
  }

  /// The next hint that has a text; nil behind the last.
  ///
  /// - Throws: ``ShardError`` when the two do not fit together.
  package mutating func next() throws -> AuditedHint? {
    while let hint = try hints.next() {
      guard hint.hasText else {
        withoutText += 1
        continue
      }
      guard let finding = try findings.next(), finding.hintID == hint.id else {
        throw mismatch(at: hints.row)
      }
      return AuditedHint(
        id: .string(hint.id), text: hint.text,
        audit: LeakAudit(severity: finding.severity, findings: finding.findings),
        behavioural: finding.behavioural,
        file: hints.path, row: hints.row)
    }
    guard try findings.next() == nil else { throw mismatch(at: hints.row) }
    return nil
  }

  private func mismatch(at row: Int) -> ShardError {
    ShardError(
      findings.path, row: findings.row,
      "does not match \(hints.path) at row \(row); remove \(folder) and audit again")
  }
}
