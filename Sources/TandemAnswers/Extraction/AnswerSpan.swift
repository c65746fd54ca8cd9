/// A place where a text states its answer, with the statement around it.
package struct AnswerSpan: Hashable, Sendable {
  /// How the answer is stated.
  package enum Kind: String, Sendable {
    /// `\boxed{...}` and `\fbox{...}`.
    case box
    /// `<answer>...</answer>` and its like, and a quoted key `"answer"`.
    case tag
    /// `#### ...`
    case hashes
    /// A line of its own: `Answer: ...`, `A: ...` at the end, `Result: ...`.
    case line
    /// "The answer is ..."
    case statement
    /// "The result is ...", which may be one on the way.
    case result
  }

  package var kind: Kind
  /// All of it: of a sentence the clause that leads to the value, and the value.
  package var range: Range<Int>
  /// What is stated.
  package var value: Range<Int>
}
