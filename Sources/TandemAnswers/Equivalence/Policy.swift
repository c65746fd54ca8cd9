/// The rule of the grading policy that decided a comparison.
package enum Policy: String, Sendable {
  /// The answer is spelt as the gold answer.
  case spelling
  /// Exact numbers, roots, constants and rational functions by their normal form.
  case exact = "exact-value"
  /// A decimal beside an exact value.
  case decimal
  /// Agreement in double precision within the error bounds.
  case numeric
  /// Agreement as functions at seeded points.
  case sampled
  /// Ordered members, interval brackets.
  case tuple
  /// Unordered members.
  case list
  /// Sets of real numbers.
  case realSet = "real-set"
  /// Shape and entries of a matrix.
  case matrix
  /// Equations and inequalities.
  case relation
  /// Units, marks of currency, degree and percent.
  case unit
  /// Parts of a ratio.
  case ratio
  /// Digits and base.
  case base
  /// Times of day.
  case time
  /// Words.
  case text
  /// A choice letter or the text of its option.
  case choice
  /// Values of different kinds.
  case kind
}
