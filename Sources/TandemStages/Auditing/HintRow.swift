internal import TandemJSON
internal import TandemSources

/// Where the members of a row of hints are; each is a name or a path such as `doc.answer`.
package struct HintFields: Hashable, Sendable {
  package var id = "id"
  package var question = "question"
  package var gold = "gold"
  package var hint = "hint"
  package var choices = "choices"

  /// The names that rows have when nothing else is said.
  package init() {}
}

/// One row of a file of hints.
struct HintRow: Sendable {
  /// As it is written; nil when the row has none.
  var id: JSONValue?
  var question: String?
  var gold: String
  var hint: String
  var choices: [String]?
  /// The file and the row in it.
  var place: String
  var line: Int

  init(_ row: SourceRow, _ fields: HintPaths) throws(SourceError) {
    id = fields.id.value(in: row.value)
    question = Self.text(fields.question.value(in: row.value))
    choices = fields.choices.value(in: row.value)?.array?.compactMap(Self.text)
    guard let gold = Self.text(fields.gold.value(in: row.value)) else {
      throw SourceError(
        row.file, row: row.row, "has no `\(fields.gold)`; name it with --gold-field")
    }
    guard let hint = Self.text(fields.hint.value(in: row.value)) else {
      throw SourceError(
        row.file, row: row.row, "has no `\(fields.hint)`; name it with --hint-field")
    }
    self.gold = gold
    self.hint = hint
    place = row.file
    line = row.row
  }

  /// A text, or a number as it is written.
  private static func text(_ value: JSONValue?) -> String? {
    if case .number(let text) = value { return text }
    return value?.string
  }
}

/// ``HintFields``, read.
struct HintPaths: Sendable {
  let id, question, gold, hint, choices: DotPath

  init(_ fields: HintFields) throws(SourceError) {
    func path(_ text: String, _ option: String) throws(SourceError) -> DotPath {
      guard let path = DotPath(text) else {
        throw SourceError(option, "`\(text)` is no path of a field")
      }
      return path
    }
    id = try path(fields.id, "--id-field")
    question = try path(fields.question, "--question-field")
    gold = try path(fields.gold, "--gold-field")
    hint = try path(fields.hint, "--hint-field")
    choices = try path(fields.choices, "--choices-field")
  }
}
