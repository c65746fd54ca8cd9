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
  /// The kind of the reason, in one or two words, by which rejects are counted.
  package var cause: String
  /// What is wrong with it, in one clause.
  package var reason: String
  /// The member that is wrong.
  package var field: String?
  /// The row that it repeats, if that is the reason.
  package var overlap: Overlap?
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()

  /// What a row repeats.
  package struct Overlap: Hashable, Sendable {
    /// The id of the other row.
    package var otherID: String
    /// The share of this text that the other has as well, 0 to 1.
    package var share: Double
    /// The longest stretch in common, in code points of the question, 0-based and half-open.
    package var span: Range<Int>?

    /// Names the other row and how much of it is repeated.
    package init(otherID: String, share: Double, span: Range<Int>? = nil) {
      self.otherID = otherID
      self.share = share
      self.span = span
    }
  }

  /// Makes a reject; see the properties.
  package init(
    stage: String, file: String, row: Int, id: String? = nil, cause: String, reason: String,
    field: String? = nil, overlap: Overlap? = nil
  ) {
    self.stage = stage
    self.file = file
    self.row = row
    self.id = id
    self.cause = cause
    self.reason = reason
    self.field = field
    self.overlap = overlap
  }

  // MARK: Record

  package static let kind = RecordKind("reject", version: 1)

  package static let columns: [JSONColumn] = [
    .string("stage"), .string("file"), .integer("row"), .string("id"), .string("cause"),
    .string("reason"), .string("field"), .raw("overlap"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    stage = try row.string()
    file = try row.string()
    self.row = try row.int()
    id = row.optionalString()
    cause = try row.string()
    reason = try row.string()
    field = row.optionalString()
    overlap = try row.optionalObject("overlap").map { (object) throws(JSONError) in
      try Overlap(object)
    }
    unknown = row.unknownMembers()
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("stage", stage)
    writer.member("file", file)
    writer.member("row", row)
    writer.member("id", optional: id)
    writer.member("cause", cause)
    writer.member("reason", reason)
    writer.member("field", optional: field)
    if let overlap {
      writer.key("overlap")
      writer.beginObject()
      writer.member("other_id", overlap.otherID)
      writer.member("share", overlap.share)
      writer.member("start", optional: overlap.span?.lowerBound)
      writer.member("end", optional: overlap.span?.upperBound)
      writer.endObject()
    }
    writer.members(unknown)
  }
}

extension Reject.Overlap {
  fileprivate init(_ object: JSONObject) throws(JSONError) {
    otherID = try object.requiredString("other_id", of: "overlap")
    guard let share = object["share"]?.double else {
      throw JSONError("`overlap.share` is not a number")
    }
    self.share = share
    let bounds = (try Self.bound("start", of: object), try Self.bound("end", of: object))
    if let start = bounds.0, let end = bounds.1, start <= end { span = start..<end }
  }

  private static func bound(_ key: String, of object: JSONObject) throws(JSONError) -> Int? {
    object[key] == nil ? nil : try object.requiredInt(key, of: "overlap")
  }
}
