package import TandemRecords

/// Which fields of a row make a problem.
///
/// Each list names alternatives: the first that a row has is taken.
package struct FieldMapping: Hashable, Sendable {
  /// The question.
  package var question: [DotPath] = []
  /// The field that holds the gold answer.
  package var gold: [DotPath] = []
  /// How the gold answer is taken from its field.
  package var take = GoldRule.whole
  /// What the gold answer is.
  package var type: GoldType?
  /// A worked solution.
  package var solution: [DotPath] = []
  /// How hard the problem is said to be.
  package var level: [DotPath] = []
  /// The field that the problem belongs to.
  package var subject: [DotPath] = []
  /// An id that the source gives.
  package var id: [DotPath] = []
  /// The options in their order, as a list or an object by letter.
  package var options: [DotPath] = []
  /// The right option, where it has a field of its own.
  package var correct: [DotPath] = []
  /// The wrong options, each with a field of its own.
  package var incorrect: [DotPath] = []

  /// The names by which a mapping is written in descriptors and on the command line.
  package static let keys = [
    "question", "gold", "take", "type", "solution", "level", "subject", "id", "options",
    "correct", "incorrect",
  ]

  /// A mapping without fields.
  init() {}

  /// Reads `question=problem,gold=answer`; a key may be given again to name an alternative.
  ///
  /// - Throws: ``SourceError`` naming the pair that is wrong.
  package init(pairs: String) throws(SourceError) {
    var values: [String: [String]] = [:]
    for pair in pairs.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw SourceError("--fields", "`\(pair)` is not KEY=FIELD, such as question=problem")
      }
      values[String(parts[0]), default: []].append(String(parts[1]))
    }
    for key in values.keys.sorted() where !Self.keys.contains(key) {
      throw SourceError(
        "--fields",
        "unknown key `\(key)`\(suggestion(for: key, among: Self.keys)); known are \(Self.keys.joined(separator: ", "))"
      )
    }
    for key in Self.keys {
      guard let value = values[key] else { continue }
      do throws(Wrong) {
        try set(key, value)
      } catch {
        throw SourceError("--fields", error.message)
      }
    }
    try check { SourceError("--fields", $0) }
  }

  /// Reads the mapping of a descriptor on top of another.
  init(_ map: YAMLMap, over base: FieldMapping) throws(SourceError) {
    self = base
    try map.allow(Self.keys)
    for key in Self.keys {
      guard let value = try map.optionalStrings(key) else { continue }
      do throws(Wrong) {
        try set(key, value)
      } catch {
        throw map.error(key, error.message)
      }
    }
  }

  /// Checks that there is a question and a gold answer.
  func check(_ failure: (String) -> SourceError) throws(SourceError) {
    guard !question.isEmpty else { throw failure("no field is named for `question`") }
    guard !gold.isEmpty || !correct.isEmpty else {
      throw failure("no field is named for `gold`, or `correct` with `incorrect`")
    }
    guard correct.isEmpty == incorrect.isEmpty else {
      throw failure("`correct` and `incorrect` go together")
    }
    guard options.isEmpty || take == .letter else {
      throw failure("`options` needs a gold letter: set `take` to `letter`")
    }
    guard take != .letter || !options.isEmpty else {
      throw failure("`take: letter` needs `options`")
    }
  }

  private struct Wrong: Error {
    var message: String
  }

  private mutating func set(_ key: String, _ values: [String]) throws(Wrong) {
    switch key {
    case "take": take = try Self.choice(key, values)
    case "type": type = try Self.choice(key, values)
    default:
      var paths: [DotPath] = []
      for value in values {
        guard let path = DotPath(value) else {
          throw Wrong(
            message: "`\(key)`: `\(value)` is not a path such as doc.question or choices[0]")
        }
        paths.append(path)
      }
      switch key {
      case "question": question = paths
      case "gold": gold = paths
      case "solution": solution = paths
      case "level": level = paths
      case "subject": subject = paths
      case "id": id = paths
      case "options": options = paths
      case "correct": correct = paths
      default: incorrect = paths
      }
    }
  }

  private static func choice<T: RawRepresentable & CaseIterable>(_ key: String, _ values: [String])
    throws(Wrong) -> T where T.RawValue == String
  {
    if values.count == 1, let value = T(rawValue: values[0]) { return value }
    let known = T.allCases.map(\.rawValue).joined(separator: ", ")
    throw Wrong(message: "`\(key)` is none of \(known)")
  }
}
