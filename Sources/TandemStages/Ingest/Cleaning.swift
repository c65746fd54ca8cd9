package import TandemDedup
internal import TandemJSON

/// Which problems are taken out because others say the same.
package struct Cleaning: Hashable, Sendable {
  /// What counts as a duplicate of an earlier problem; nil keeps all.
  package var duplicates: DuplicateFinder.Options?
  /// Problem sets that must stay unseen.
  package var protected: [ProtectedSet] = []

  /// A problem set that must stay unseen.
  package struct ProtectedSet: Hashable, Sendable {
    /// How it is called in reports.
    package var name: String
    /// Digest of its problems.
    package var sha256: String
    /// Its questions by id.
    package var questions: [Question]

    /// One protected problem.
    package struct Question: Hashable, Sendable {
      package var id: String
      package var text: String

      package init(id: String, text: String) {
        self.id = id
        self.text = text
      }
    }

    package init(name: String, sha256: String, questions: [Question]) {
      self.name = name
      self.sha256 = sha256
      self.questions = questions
    }
  }

  package init() {}

  var json: JSONValue {
    [
      "duplicates": duplicates.map {
        [
          "threshold": .number($0.threshold), "shingle_words": .number($0.shingleWords),
          "ignores_numbers": .bool($0.ignoresNumbers),
        ]
      } ?? .null,
      "protected": .array(
        protected.map { ["name": .string($0.name), "sha256": .string($0.sha256)] }),
    ]
  }
}
