package import TandemJSON

/// A row that a stage left out, a line of `rejects.jsonl`.
package struct Reject: Record, Hashable {
  /// The stage that left it out.
  package var stage: String
  /// The file it stands in; never a path of the machine.
  package var file: String
  /// Its 1-based row in the file.
  package var row: Int
  /// Its id, when it could be read.
  package var id: String?
  /// What is wrong with it, in one clause.
  package var reason: String
  /// The member that is wrong.
  package var field: String?
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()

  /// Makes a reject; see the properties.
  package init(
    stage: String, file: String, row: Int, id: String? = nil, reason: String, field: String? = nil
  ) {
    self.stage = stage
    self.file = file
    self.row = row
    self.id = id
    self.reason = reason
    self.field = field
  }

  // MARK: Record

  package static let kind = RecordKind("reject", version: 1)

  package static let columns: [JSONColumn] = [
    .string("stage"), .string("file"), .integer("row"), .string("id"), .string("reason"),
    .string("field"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    stage = try row.string()
    file = try row.string()
    self.row = try row.int()
    id = row.optionalString()
    reason = try row.string()
    field = row.optionalString()
    unknown = row.unknownMembers()
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("stage", stage)
    writer.member("file", file)
    writer.member("row", row)
    writer.member("id", optional: id)
    writer.member("reason", reason)
    writer.member("field", optional: field)
    writer.members(unknown)
  }
}
