/// Proves that most texts without the answer hold nothing, in one pass over their bytes.
///
/// It may take a text for one that holds something, never the other way round: whatever spelling of a number the
/// readers of ``LeakReading`` know has its significant digits in one run of digits, or one of its words, and whatever
/// comes to it has an operator. What cannot be ruled out that simply is read in full.
struct LeakSieve: Sendable {
  /// The digits of the numbers, without zeros at both ends.
  private(set) var numbers: [UInt64] = []
  /// Codes of words of which one stands in every place that gives the answer away.
  private(set) var words: [UInt64] = []
  /// Values of number words that are part of the answer.
  private(set) var wordValues: [Int] = []
  /// Whether fractions and quotients may be the answer, and so many words that no few tell it.
  private(set) var allowsFractions = false
  /// Whether words such as "hundred" are in every spelling in words.
  private(set) var isLarge = false
  /// Whether something may begin on one line and end on the next.
  private var joinsLines = false
  /// The words that matter.
  private(set) var watched = Self.numberWords

  let table = LeakWord.table
  let timesLetter = LeakWord.code("x")
  let squareRoot = LeakWord.code("sqrt")
  let repeats = [LeakWord.code("overline"), LeakWord.code("bar")]
  private static let numberWords = WordSet(
    LeakWord.numberWords + LeakWord.answerWords
      + ["overline", "bar", "sqrt", "x", "percent", "pct", "cent"])

  /// What must be ruled out.
  enum Need {
    /// A number in lowest terms; one with a percent sign may stand as a hundred times as much.
    case number(numerator: Int, denominator: Int, isPercent: Bool = false)
    /// What is known to be absent by another need, but may reach over lines.
    case lines
    /// A phrase with a word in it, `alone` or with others.
    case word(UInt64, bytes: [UInt8], alone: Bool)
  }

  /// The most digits that are compared.
  static let maximumDigits = 17
  /// The first number of more digits.
  static let largest: UInt64 = 100_000_000_000_000_000

  /// A sieve for all of some needs; nil when one of them cannot be ruled out in passing.
  init?(_ needs: [Need]) {
    for need in needs {
      switch need {
      case .number(let numerator, let denominator, let isPercent):
        guard add(numerator, denominator) else { return nil }
        if isPercent { allowsFractions = true }
      case .lines: joinsLines = true
      case .word(let code, let bytes, let alone):
        if !alone { joinsLines = true }
        guard bytes.count < 32 else { return nil }
        words.append(code)
        watched.insert(bytes)
      }
    }
  }

  private mutating func add(_ numerator: Int, _ denominator: Int) -> Bool {
    guard numerator != .min, denominator > 0 else { return false }
    var (value, rest) = (UInt64(numerator.magnitude), denominator)
    // Times ten until it is whole; a fraction without a finite decimal is left to the readers.
    for factor in [2, 5] {
      while rest % factor == 0 {
        rest /= factor
        let (product, overflows) = value.multipliedReportingOverflow(by: UInt64(10 / factor))
        guard !overflows else { return false }
        value = product
      }
    }
    guard rest == 1 else { return false }
    if denominator > 1 { allowsFractions = true }
    while value > 0, value % 10 == 0 { value /= 10 }
    guard value < Self.largest else { return false }
    numbers.append(value)
    let size = numerator.magnitude
    if size >= 100 { isLarge = true }
    if denominator == 1, size < 20 { wordValues.append(Int(size)) }
    if denominator == 1, 20..<100 ~= size { wordValues.append(Int(size) / 10 * 10) }
    return true
  }

  // MARK: Search

  /// The parts of a folded text that may hold something; the rest holds nothing, whatever stands in them.
  ///
  /// A part is some lines: a number and what decides whether it counts stand in one line, unless LaTeX, a tag or the
  /// announcement of an answer says otherwise.
  ///
  /// - Parameter derivable: whether arithmetic counts that comes to the answer
  func parts(_ text: [UInt8], derivable: Bool) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var all: Signs = []
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      var part: Signs = []
      var index = 0
      while index < bytes.count {
        part.remove(.announcement)
        let line = index
        let isBlank = scanLine(bytes, from: &index, &part)
        // The line behind an announcement belongs to it; blank lines between them too.
        if part.contains(.announcement) || isBlank && line > start { continue }
        close(&part, start..<index)
        start = index
      }
      close(&part, start..<index)
      func close(_ part: inout Signs, _ range: Range<Int>) {
        if part.mayHold(derivable: derivable), !range.isEmpty {
          if let last = parts.last, last.upperBound == range.lowerBound {
            parts[parts.count - 1] = last.lowerBound..<range.upperBound
          } else {
            parts.append(range)
          }
        }
        all.formUnion(part)
        part = []
      }
    }
    guard joinsLines || all.contains(.spansLines) else { return parts }
    return all.mayHold(derivable: derivable) ? [0..<text.count] : []
  }
}
