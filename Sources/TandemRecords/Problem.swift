package import TandemJSON

/// A question with its gold answer.
package struct Problem: Hashable, Sendable {
  /// Content-derived, the same on every machine.
  package var id: String
  /// The name of the data set.
  package var dataset: String
  /// The split of the data set.
  package var split: String
  /// The question, without its options.
  package var question: String
  /// The options in the order A, B, C, ...
  package var choices: [String]?
  /// The accepted answer; the letter of the right option for a choice question.
  package var gold: String
  /// What the gold answer is.
  package var goldType: GoldType
  /// A worked solution.
  package var solution: String?
  /// How hard the problem is said to be.
  package var level: String?
  /// The field it belongs to.
  package var subject: String?
  /// The row it was read from.
  package var source: Source
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()

  /// Where a row came from.
  package struct Source: Hashable, Sendable {
    /// File name, with `!member` for a file in an archive; never a path of the machine.
    package var file: String
    /// 1-based row in the file.
    package var row: Int
    /// The id that the source itself gives the problem.
    package var id: String?

    /// Names a row.
    package init(file: String, row: Int, id: String? = nil) {
      self.file = file
      self.row = row
      self.id = id
    }

    init(_ object: JSONObject) throws(JSONError) {
      file = try object.requiredString("file", of: "source")
      row = try object.requiredInt("row", of: "source")
      if let id = object["id"], id != .null {
        self.id = try object.requiredString("id", of: "source")
      }
    }
  }
}

// MARK: - Row

extension Problem: Record {
  /// Makes a problem; see the properties.
  package init(
    id: String, dataset: String, split: String, question: String, choices: [String]? = nil,
    gold: String, goldType: GoldType, solution: String? = nil, level: String? = nil,
    subject: String? = nil, source: Source
  ) {
    self.init(
      id: id, dataset: dataset, split: split, question: question, choices: choices, gold: gold,
      goldType: goldType, solution: solution, level: level, subject: subject, source: source,
      unknown: UnknownMembers())
  }

  package static let kind = RecordKind("problem", version: 1)

  package static let columns: [JSONColumn] = [
    .string("id"), .string("dataset"), .string("split"), .string("question"), .raw("choices"),
    .string("gold"), .string("gold_type"), .string("solution"), .string("level"),
    .string("subject"), .raw("source"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    try self.init(
      id: row.string(), dataset: row.string(), split: row.string(), question: row.string(),
      choices: row.optionalStrings("choices"), gold: row.string(),
      goldType: row.choice("gold_type"), solution: row.optionalString(),
      level: row.optionalString(), subject: row.optionalString(),
      source: Source(row.object("source")), unknown: row.unknownMembers())
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("dataset", dataset)
    writer.member("split", split)
    writer.member("question", question)
    writer.member("choices", optional: choices.map { .array($0.map(JSONValue.string)) })
    writer.member("gold", gold)
    writer.member("gold_type", goldType.rawValue)
    writer.member("solution", optional: solution)
    writer.member("level", optional: level)
    writer.member("subject", optional: subject)
    writer.key("source")
    writer.beginObject()
    writer.member("file", source.file)
    writer.member("row", source.row)
    writer.member("id", optional: source.id)
    writer.endObject()
    writer.members(unknown)
  }
}
