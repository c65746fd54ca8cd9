/// What the kinds of step look like in text.
///
/// Phrases are lower case, with one blank between words; case and the width of blanks do not matter. `*` at the
/// end stands for any continuation of the word; a phrase that begins with a backslash is a LaTeX
/// command. Of phrases that begin at the same word the longest counts alone: "square root" is no
/// square, "base case" no case.
enum OperationPatterns {
  static let phrases: [(kind: OperationKind, phrases: [String])] = [
    (
      .addition,
      [
        "add", "adds", "added", "adding", "addition", "plus", "sum", "sums", "in total",
        "altogether",
      ]
    ),
    (
      .subtraction,
      ["subtract*", "minus", "difference", "take away", "takes away", "decrease*", "remaining"]
    ),
    (
      .multiplication,
      [
        "multiply", "multiplies", "multiplied", "multiplying", "multiplication", "times", "product",
        "twice", "doubled", "tripled", "\\times", "\\cdot", "\\ast",
      ]
    ),
    (
      .division,
      ["divide", "divides", "divided", "dividing", "division", "quotient", "\\div"]
    ),
    (.equation, ["equation*", "equals", "equal to"]),
    (
      .comparison,
      [
        "greater than", "less than", "more than", "fewer than", "larger than", "smaller than",
        "at least", "at most", "compar*", "\\le", "\\leq", "\\lt", "\\ge", "\\geq", "\\gt", "\\ne",
        "\\neq", "\\leqslant", "\\geqslant",
      ]
    ),
    (.percentage, ["percent*"]),
    (
      .fraction,
      [
        "fraction*", "numerator*", "denominator*", "half", "halves", "one third", "two thirds",
        "one quarter", "three quarters", "reciprocal*", "\\frac", "\\dfrac", "\\tfrac", "\\cfrac",
      ]
    ),
    (.square, ["square", "squared", "squares", "squaring"]),
    (.root, ["square root*", "cube root*", "radical*", "sqrt", "\\sqrt"]),
    (
      .substitution,
      ["substitut*", "plug", "plugs", "plugged", "plugging", "replace", "replaced", "replacing"]
    ),
    (
      .simplification,
      [
        "simplif*", "reduce to", "reduces to", "reduced to", "cancel*", "combine like terms",
        "combining like terms",
      ]
    ),
    (
      .factoring,
      ["factor", "factors", "factored", "factoring", "factoris*", "factoriz*", "common factor*"]
    ),
    (.expansion, ["expand*", "expansion*", "distribute", "distributes", "distributing"]),
    (
      .isolation,
      [
        "isolat*", "solve for", "solves for", "solved for", "solving for", "both sides",
        "rearrang*",
      ]
    ),
    (
      .verification,
      ["verif*", "check", "checks", "checked", "checking", "double check*", "confirm*"]
    ),
    (
      .caseAnalysis,
      [
        "cases", "case 1", "case 2", "case 3", "case one", "case two", "case i", "case ii",
        "first case", "second case", "each case", "either case", "casework", "case analysis",
      ]
    ),
    (.induction, ["induction", "inductive*", "base case*"]),
  ]

  /// Where a symbol counts.
  enum Place {
    case anywhere
    /// Not followed by a digit, as the 2 of `^2`.
    case notBeforeDigit
    /// Between two terms on one line: numbers, names, brackets.
    case betweenTerms
    /// As before, but words of several letters are no terms: neither `well-known` nor `and/or` counts.
    case betweenNumbers
  }

  /// Signs; of signs at the same place the first one listed that fits counts.
  static let symbols: [(kind: OperationKind, sign: String, place: Place)] = [
    (.addition, "+", .betweenTerms),
    (.subtraction, "-", .betweenNumbers),
    (.subtraction, "\u{2212}", .betweenTerms),
    (.square, "**2", .notBeforeDigit),
    (.multiplication, "*", .betweenNumbers),
    (.multiplication, "\u{D7}", .anywhere),
    (.multiplication, "\u{B7}", .betweenTerms),
    (.multiplication, "\u{22C5}", .anywhere),
    (.division, "/", .betweenNumbers),
    (.division, "\u{F7}", .anywhere),
    (.equation, "=", .betweenTerms),
    (.comparison, "<", .betweenNumbers),
    (.comparison, ">", .betweenNumbers),
    (.comparison, "\u{2264}", .anywhere),
    (.comparison, "\u{2265}", .anywhere),
    (.comparison, "\u{2260}", .anywhere),
    (.percentage, "%", .anywhere),
    (.fraction, "\u{BC}", .anywhere),
    (.fraction, "\u{BD}", .anywhere),
    (.fraction, "\u{BE}", .anywhere),
    (.fraction, "\u{2153}", .anywhere),
    (.fraction, "\u{2154}", .anywhere),
    (.square, "^2", .notBeforeDigit),
    (.square, "^{2}", .anywhere),
    (.square, "\u{B2}", .anywhere),
    (.root, "\u{221A}", .anywhere),
  ]
}
