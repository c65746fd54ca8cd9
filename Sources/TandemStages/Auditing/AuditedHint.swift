package import TandemAnswers
package import TandemJSON
package import TandemRecords

/// A hint with what its audit found, and where it stands.
package struct AuditedHint: Sendable {
  /// Its id as it is written; nil when it has none.
  package var id: JSONValue?
  /// The hint as given.
  package var text: String
  package var audit: LeakAudit
  /// What a model makes of it, where that was probed.
  package var behavioural: Finding.Behavioural?
  /// The file, as the user would name it.
  package var file: String
  /// The 1-based row in the file.
  package var row: Int
}
