package import TandemJSON

/// A question with its gold answer.
package struct Problem: Record, Hashable {
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

    /// Names a row.
    package init(file: String, row: Int) {
      self.file = file
      self.row = row
    }
  }

  /// Makes a problem; see the properties.
  package init(
    id: String, dataset: String, split: String, question: String, choices: [String]? = nil,
    gold: String, goldType: GoldType, solution: String? = nil, level: String? = nil,
    subject: String? = nil, source: Source
  ) {
    self.id = id
    self.dataset = dataset
    self.split = split
    self.question = question
    self.choices = choices
    self.gold = gold
    self.goldType = goldType
    self.solution = solution
    self.level = level
    self.subject = subject
    self.source = source
  }

  // MARK: Record

  package static let kind = RecordKind("problem", version: 1)

  package static let columns: [JSONColumn] = [
    .string("id"), .string("dataset"), .string("split"), .string("question"), .raw("choices"),
    .string("gold"), .string("gold_type"), .string("solution"), .string("level"),
    .string("subject"), .raw("source"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    id = try row.string()
    dataset = try row.string()
    split = try row.string()
    question = try row.string()
    choices = try row.optionalStrings("choices")
    gold = try row.string()
    goldType = try row.choice("gold_type")
    solution = row.optionalString()
    level = row.optionalString()
    subject = row.optionalString()
    let source = try row.object("source")
    self.source = Source(
      file: try source.requiredString("file", of: "source"),
      row: try source.requiredInt("row", of: "source"))
    unknown = row.unknownMembers()
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
    writer.endObject()
    writer.members(unknown)
  }
}
