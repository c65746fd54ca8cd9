/// Finds what the arithmetic of a text comes to: whole expressions of numbers, sides of equations,
/// bracketed parts, and the phrases "half of", "twice", "the sum of" and their like.
///
/// One pass by recursive descent; a name in an expression leaves it without a value, but not the
/// brackets inside it.
struct Arithmetic {
  /// An expression with at least one operation.
  struct Result {
    var tokens: Range<Int>
    var value: Rational
    /// Whether it is a lone quotient of two whole numbers, which is how fractions are written.
    var isFraction = false
  }

  /// A part of an expression being read.
  struct Part {
    var end: Int
    /// Nil when it holds a name or has no value within bounds.
    var value: Rational?
    var operations = 0
    var isFraction = false
  }

  static let maximumDepth = 32
  static let maximumLimbs = 24

  let reader: MentionReader
  var results: [Result] = []
  /// The tokens that stand right behind `=` and an operation, in order.
  private var outcomes: [Int] = []
  var depth = 0

  /// Nothing is worked out.
  init(unread reader: MentionReader) {
    self.reader = reader
  }

  init(_ reader: MentionReader) {
    self.reader = reader
    guard !reader.mentions.isEmpty else { return }
    var index = 0
    let count = reader.tokens.count
    while index < count {
      guard startsOperand(index) else {
        index += 1
        continue
      }
      let before = results.count
      let part = expression(index)
      let end = max(part.end, index + 1)
      let isTainted = isBound(before: index) || isBound(after: end)
      if part.operations > 0, !isTainted, let value = part.value {
        results.append(
          Result(tokens: index..<end, value: value, isFraction: part.isFraction))
      }
      if part.operations > 0 || results.count > before { noteOutcome(end) }
      index = end
    }
    outcomes.sort()
  }

  /// Whether a token stands right behind `=` and an operation.
  func isOutcome(_ token: Int) -> Bool {
    var (low, high) = (0, outcomes.count)
    while low < high {
      let middle = low + (high - low) / 2
      if outcomes[middle] < token { low = middle + 1 } else { high = middle }
    }
    return low < outcomes.count && outcomes[low] == token
  }

  func kind(_ index: Int) -> LeakToken.Kind { reader.kind(index) }

  /// Marks what stands behind `=`, `>>` or "which is" after an operation.
  mutating func noteOutcome(_ end: Int) {
    var index = end
    while kind(index) == .closeBrace || kind(index) == .closeParen { index += 1 }
    var words = 0
    while kind(index) == .word, words < 3, reader.role(index) == nil {
      index += 1
      words += 1
    }
    guard kind(index) == .equals || reader.role(index) == .verb else { return }
    index += 1
    while kind(index) == .currency || kind(index) == .openBrace || kind(index) == .openCalculation {
      index += 1
    }
    outcomes.append(index)
    // 16-7=<<16-7=9>>9
    if kind(index + 1) == .closeCalculation { outcomes.append(index + 2) }
  }

  /// Whether an operator or name before a token draws it into a longer expression.
  func isBound(before index: Int) -> Bool {
    let previous = index - 1
    switch kind(previous) {
    case .plus, .times, .divide, .caret: return true
    case .minus:
      return previous > 0 && kind(previous - 1) != .newline
    case .word:
      switch reader.role(previous) {
      case .plus, .times, .by, .minus: return true
      default: break
      }
      return reader.tokens[previous].range.count == 1 && reader.isTight(index)
    case .closeParen, .closeBrace, .command, .pi, .root: return reader.isTight(index)
    default: return false
    }
  }

  func isBound(after end: Int) -> Bool {
    switch kind(end) {
    case .plus, .times, .divide, .caret, .superscript, .underscore: return true
    case .minus:
      // A dash before words ends the expression.
      return
        !(reader.tokens[end].spaced && kind(end + 1) == .word && reader.role(end + 1) == nil
        && reader.tokens[end + 1].range.count > 1)
    case .word:
      switch reader.role(end) {
      case .plus, .times, .divided, .multiplied, .minus: return true
      case .squared: return true
      default: return reader.isTight(end) && reader.tokens[end].range.count == 1
      }
    default: return false
    }
  }

  func startsOperand(_ index: Int) -> Bool {
    if reader.places[index] >= 0 { return true }
    switch kind(index) {
    case .openParen, .openBracket, .openBrace, .openBox, .openCalculation, .root, .pi: return true
    case .command: return true
    case .minus: return startsBracket(index + 1)
    case .word:
      if reader.tokens[index].range.count == 1 { return true }
      switch reader.role(index) {
      case .twice, .sum, .difference, .product, .quotient, .denominator, .dozen: return true
      default: return false
      }
    default: return false
    }
  }

  func startsBracket(_ index: Int) -> Bool {
    kind(index) == .openParen || kind(index) == .command || kind(index) == .root
  }

  // MARK: Values

  func combine(
    _ a: Part, _ b: Part, _ operation: (Rational, Rational) -> Rational?
  ) -> Part {
    var result = Part(end: b.end, operations: a.operations + b.operations + 1)
    if let x = a.value, let y = b.value { result.value = operation(x, y).flatMap(Self.bounded) }
    return result
  }

  func apply(_ a: Part, end: Int, _ operation: (Rational) -> Rational?) -> Part {
    Part(
      end: end, value: a.value.flatMap(operation).flatMap(Self.bounded),
      operations: a.operations + 1)
  }

  private static func bounded(_ value: Rational) -> Rational? {
    value.numerator.limbCount <= maximumLimbs && value.denominator.limbCount <= maximumLimbs
      ? value : nil
  }
}
