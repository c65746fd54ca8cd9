internal import TandemJSON
package import TandemMethod

/// How the tokens of each student are counted, with what a plan says of it.
package struct StudentTokenizers: Sendable {
  /// A counter with its name: the digest of the tokenizer's files.
  package struct Entry: Sendable {
    package var digest: String
    package var counter: TokenCounter

    /// Pairs a counter with its digest.
    package init(digest: String, counter: TokenCounter) {
      self.digest = digest
      self.counter = counter
    }
  }

  private let named: [String: Entry]
  private let common: Entry?

  /// Counters by student; `common` serves the others, and without it their tokens are estimated.
  package init(named: [String: Entry] = [:], common: Entry? = nil) {
    self.named = named
    self.common = common
  }

  /// The models that are named.
  var names: [String] { named.keys.sorted() }

  /// The counter of a student.
  func counter(of student: String) -> TokenCounter {
    (named[student] ?? common)?.counter ?? .estimate
  }

  /// What counts each student's tokens.
  func json(of team: [String]) -> JSONValue {
    .object(
      JSONObject(
        team.sorted().map { student in
          let digest = (named[student] ?? common)?.digest
          let name = digest.map { "sha256:\($0)" } ?? TokenCounter.estimateName
          return .init(key: student, value: .string(name))
        }))
  }
}
