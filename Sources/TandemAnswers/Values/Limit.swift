/// A bound of the grader; an answer beyond one is ungradable under its name.
package enum Limit: String, Error, CaseIterable, Sendable {
  /// The answer is longer than the grader reads.
  case length = "limit-length"
  /// Brackets or operators are nested too deeply.
  case depth = "limit-depth"
  /// A number has too many digits.
  case digits = "limit-digits"
  /// A factorial or binomial coefficient is too large.
  case factorial = "limit-factorial"
  /// A polynomial has too high a degree.
  case degree = "limit-degree"
  /// A polynomial, list or matrix has too many terms.
  case terms = "limit-terms"
  /// The evaluation takes too many steps.
  case steps = "limit-steps"

  /// Levels of a parsed answer.
  static let maximumHeight = 160
  /// Bytes of an answer.
  static let maximumLength = 4_096
  /// Nested brackets and operators.
  static let maximumDepth = 64
  /// 32-bit limbs of an integer, about 9,600 decimal digits.
  static let maximumLimbs = 1_000
  /// The argument of a factorial.
  static let maximumFactorial = 3_000
  /// The exponent of a name in a polynomial.
  static let maximumDegree = 4_096
  /// Terms of a polynomial and members of a list.
  static let maximumTerms = 512
  /// Elementary steps of one comparison.
  static let maximumSteps = 200_000
}

/// Why a value has no normal form.
enum Obstacle: Error {
  /// A bound was met.
  case limit(Limit)
  /// A division by zero or another undefined operation.
  case undefined
  /// Not a rational function of names and constants.
  case other
}

/// The elementary steps that one comparison may still take.
struct Budget {
  private(set) var steps: Int

  init(steps: Int = Limit.maximumSteps) {
    self.steps = steps
  }

  /// Takes some steps.
  mutating func spend(_ count: Int) throws(Obstacle) {
    steps -= count
    if steps < 0 { throw .limit(.steps) }
  }
}
