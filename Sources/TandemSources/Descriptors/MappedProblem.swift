internal import TandemJSON
package import TandemRecords

/// What a row says about a problem; texts are as the row has them.
package struct MappedProblem: Hashable, Sendable {
  /// The options of a choice question.
  package enum Choices: Hashable, Sendable {
    /// The right option apart from the wrong ones, so that their order is still to be drawn.
    case unordered(correct: String, incorrect: [String])
    /// Options in their order, with the 0-based number of the right one.
    case ordered([String], correct: Int)
  }

  /// An id that the source gives.
  package var id: String?
  /// The question, without its options.
  package var question: String
  /// The gold answer; the text of the right option for a choice question.
  package var gold: String
  /// What the gold answer is.
  package var goldType: GoldType
  /// The options.
  package var choices: Choices?
  /// A worked solution.
  package var solution: String?
  /// How hard the problem is said to be.
  package var level: String?
  /// The field that it belongs to.
  package var subject: String?
}

extension FieldMapping {
  /// Takes a problem from a row.
  ///
  /// - Throws: ``SourceError`` naming the file, the row and the field that is missing or wrong.
  package func problem(from row: SourceRow) throws(SourceError) -> MappedProblem {
    let question = try text(self.question, as: "question", in: row)
    let (gold, choices) = try answer(in: row)
    return MappedProblem(
      id: try optionalText(id, in: row), question: question, gold: gold,
      goldType: type ?? (choices == nil ? .expression : .choice), choices: choices,
      solution: try optionalText(solution, in: row), level: try optionalText(level, in: row),
      subject: try optionalText(subject, in: row))
  }

  private func answer(in row: SourceRow) throws(SourceError)
    -> (gold: String, choices: MappedProblem.Choices?)
  {
    if !correct.isEmpty {
      let gold = try text(correct, as: "correct", in: row)
      var wrong: [String] = []
      for path in incorrect { wrong.append(try text([path], as: "incorrect", in: row)) }
      return (gold, .unordered(correct: gold, incorrect: wrong))
    }
    let field = try text(gold, as: "gold", in: row)
    guard let answer = take.answer(in: field) else {
      throw SourceError(
        row.file, row: row.row, "`\(gold[0])` has no gold answer (\(take.rawValue))")
    }
    guard take == .letter else { return (answer, nil) }
    let options = try options(in: row)
    guard let index = Self.index(of: answer), options.indices.contains(index) else {
      throw SourceError(
        row.file, row: row.row, "`\(gold[0])` names none of the \(options.count) options")
    }
    return (options[index], .ordered(options, correct: index))
  }

  private func options(in row: SourceRow) throws(SourceError) -> [String] {
    let value = try value(options, as: "options", in: row)
    let values =
      switch value {
      case .array(let values): values
      case .object(let object): object.members.sorted { $0.key < $1.key }.map(\.value)
      default: [JSONValue]()
      }
    let texts = values.compactMap(Self.text)
    guard !texts.isEmpty, texts.count == values.count else {
      throw SourceError(row.file, row: row.row, "`\(options[0])` is not a list of texts")
    }
    return texts
  }

  /// `B`, `b`, `(B)` and `1` are the second option.
  private static func index(of letter: String) -> Int? {
    let bare = letter.utf8.filter { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
    if let number = Int(String(decoding: bare, as: UTF8.self)) { return number }
    guard bare.count == 1, let byte = bare.first else { return nil }
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return Int(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return Int(byte - UInt8(ascii: "a"))
    default: return nil
    }
  }
}

// MARK: - Fields

extension FieldMapping {
  /// A text or number as text; nil for anything else.
  static func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  private func value(_ paths: [DotPath], as key: String, in row: SourceRow) throws(SourceError)
    -> JSONValue
  {
    for path in paths {
      if let value = path.value(in: row.value) { return value }
    }
    throw row.missing(paths, as: key)
  }

  private func text(_ paths: [DotPath], as key: String, in row: SourceRow) throws(SourceError)
    -> String
  {
    let value = try value(paths, as: key, in: row)
    guard let text = Self.text(value) else {
      throw SourceError(
        row.file, row: row.row, "the field for `\(key)` is \(value.kind), not a text")
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw SourceError(row.file, row: row.row, "the field for `\(key)` is empty")
    }
    return text
  }

  private func optionalText(_ paths: [DotPath], in row: SourceRow) throws(SourceError) -> String? {
    for path in paths {
      if let text = path.value(in: row.value).flatMap(Self.text), !text.isEmpty { return text }
    }
    return nil
  }
}

extension SourceRow {
  /// The error for a field that the row does not have, with the names of those that it has.
  func missing(_ paths: [DotPath], as key: String) -> SourceError {
    let wanted = paths.map { "`\($0)`" }.joined(separator: " or ")
    let names = value.members.map { SourceName.printable($0.key) }
    let shown = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", ..." : "")
    let isThere = paths.contains { path in value[path.field] != nil }
    let meant = paths.first.map { suggestion(for: $0.field, among: names) } ?? ""
    return SourceError(
      file, row: row,
      isThere
        ? "\(wanted) for `\(key)` is null or lacks a part"
        : "has no field \(wanted) for `\(key)`\(meant); its fields are \(shown)")
  }
}
