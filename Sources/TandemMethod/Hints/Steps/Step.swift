/// One step of a solution.
package struct Step: Hashable, Sendable {
  /// What a step is.
  package enum Kind: Hashable, Sendable {
    /// A sentence, or a line or list item without one.
    case prose
    /// A line that names what follows.
    case heading
    /// A formula on lines of its own.
    case display
    /// A block of code, whole.
    case code
  }

  /// The bytes of the step, without the blanks around it.
  package var range: Range<Int>
  package var kind: Kind
}
