/// Proves that most texts without the answer hold nothing, in one pass over their bytes.
///
/// It may take a text for one that holds something, never the other way round: whatever spelling of a number the
/// readers of ``LeakReading`` know has its significant digits in one run of digits, or one of its words, and whatever
/// comes to it has an operator. What cannot be ruled out that simply is read in full.
struct LeakSieve: Sendable {
  /// The significant digits of the numbers.
  private var numbers: [Digits] = []
  /// Codes of words of which one stands in every place that gives the answer away.
  private var words: [UInt64] = []
  /// Values of number words that are part of the answer.
  private var wordValues: [Int] = []
  /// Whether fractions and quotients may be the answer.
  private var allowsFractions = false
  /// Whether something may begin on one line and end on the next.
  private var joinsLines = false
  /// The words that matter.
  private var watched = Self.numberWords

  private let table = LeakWord.table
  private static let numberWords = WordSet(
    LeakWord.numberWords + LeakWord.answerWords + ["overline", "bar", "sqrt", "x"])

  /// The digits of a number without leading and trailing zeros, and ten to their count.
  private struct Digits {
    var value: UInt64
    var modulus: UInt64
  }

  /// What must be ruled out.
  enum Need {
    /// A number in lowest terms.
    case number(numerator: Int, denominator: Int)
    /// What is known to be absent by another need, but may reach over lines.
    case lines
    /// A phrase with a word in it, `alone` or with others.
    case word(UInt64, bytes: [UInt8], alone: Bool)
  }

  /// The most significant digits that are compared.
  private static let maximumDigits = 17

  /// A sieve for all of some needs; nil when one of them cannot be ruled out in passing.
  init?(_ needs: [Need]) {
    for need in needs {
      switch need {
      case .number(let numerator, let denominator):
        guard add(numerator, denominator) else { return nil }
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
    var modulus: UInt64 = 10
    var count = 1
    while modulus <= value {
      guard count < Self.maximumDigits else { return false }
      modulus *= 10
      count += 1
    }
    numbers.append(Digits(value: value, modulus: modulus))
    let size = numerator.magnitude
    if denominator == 1, size < 20 { wordValues.append(Int(size)) }
    if denominator == 1, 20..<100 ~= size { wordValues.append(Int(size) / 10 * 10) }
    return true
  }

  /// What a scan has seen so far.
  private struct Signs {
    /// Something that may be the answer.
    var mayState = false
    var hasNumber = false
    var hasOperator = false
    /// A word that announces an answer, which may stand on the next line.
    var hasAnnouncement = false
    /// Markup that may reach over lines.
    var spansLines = false

    func mayHold(derivable: Bool) -> Bool { mayState || derivable && hasNumber && hasOperator }

    mutating func add(_ other: Signs) {
      mayState = mayState || other.mayState
      hasNumber = hasNumber || other.hasNumber
      hasOperator = hasOperator || other.hasOperator
    }
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
    var all = Signs()
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      var part = Signs()
      var index = 0
      while index < bytes.count {
        part.hasAnnouncement = false
        let line = index
        let isBlank = scanLine(bytes, from: &index, &part)
        // The line behind an announcement belongs to it; blank lines between them too.
        if part.hasAnnouncement || isBlank && line > start { continue }
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
        all.add(part)
        if part.spansLines { all.spansLines = true }
        part = Signs()
      }
    }
    guard joinsLines || all.spansLines else { return parts }
    return all.mayHold(derivable: derivable) ? [0..<text.count] : []
  }

  /// Reads a line with its end; whether it is blank.
  private func scanLine(
    _ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int, _ signs: inout Signs
  ) -> Bool {
    var isBlank = true
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 {
        index += 1
      } else if Self.isLetter(byte) {
        isBlank = false
        let start = index
        repeat { index += 1 } while index < bytes.count && Self.isLetter(bytes[index])
        guard watched.mayHold(first: byte, length: index - start) else { continue }
        word(LeakWord.code(UnsafeRawBufferPointer(bytes), start..<index), &signs)
      } else if byte &- 0x30 < 10 {
        isBlank = false
        index = digits(bytes, from: index, &signs)
        signs.hasNumber = true
      } else if byte == 0x0A {
        index += 1
        break
      } else {
        if Self.isSign(byte) { sign(bytes, index, &signs) }
        index += 1
      }
    }
    return isBlank
  }

  private func sign(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ signs: inout Signs) {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "#"):
      signs.spansLines = true
      return
    case UInt8(ascii: "\\"): signs.spansLines = true
    case UInt8(ascii: "<"):
      // A tag, not a comparison or calculation.
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if Self.isLetter(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") {
        signs.spansLines = true
      }
    case 0x80...: signs.hasNumber = true
    default: break
    }
    signs.hasOperator = true
    // `/`, `\frac`, `÷` and the characters of fractions.
    if allowsFractions, byte != UInt8(ascii: "-") { signs.mayState = true }
  }

  /// Reads digits with whatever may separate groups of them; the index behind them.
  private func digits(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ signs: inout Signs
  ) -> Int {
    var index = start
    for number in numbers {
      index = start
      var (whole, significant, window) = (UInt64(0), UInt64(0), UInt64(0))
      var (isGrouped, isHit) = (false, false)
      while true {
        let first = index
        while index < bytes.count, bytes[index] &- 0x30 < 10 {
          let digit = UInt64(bytes[index] &- 0x30)
          // Digits beyond a word make the number another one, and the sums below mean nothing.
          whole = whole &* 10 &+ digit
          if digit != 0 { significant = whole }
          window = (window * 10 + digit) % number.modulus
          if window == number.value { isHit = true }
          index += 1
        }
        if index - start > Self.maximumDigits { isGrouped = true }
        guard index > first, let next = Self.separatorEnd(bytes, index) else { break }
        isGrouped = true
        index = next
      }
      // Groups may be read apart or together: any run of their digits is taken for a number.
      if isGrouped ? isHit : significant == number.value { signs.mayState = true }
    }
    if numbers.isEmpty { while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 } }
    return max(index, start + 1)
  }

  /// The first digit behind a mark that may stand inside a numeral.
  private static func separatorEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var index = start
    func byte() -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    switch byte() {
    case UInt8(ascii: "."): index += 1
    case UInt8(ascii: ","):
      index += 1
      if byte() == UInt8(ascii: "\\") { index += 2 }
    case UInt8(ascii: "{"): index += 3
    case UInt8(ascii: "\\"), 0xC2: index += 2
    default: return nil
    }
    return byte() &- 0x30 < 10 ? index : nil
  }

  private func word(_ code: UInt64, _ signs: inout Signs) {
    if words.contains(code) { signs.mayState = true }
    guard let word = table[code] else {
      if code == Self.squareRoot || code == Self.timesLetter { signs.hasOperator = true }
      if code == Self.overline || code == Self.bar { signs.mayState = true }
      return
    }
    switch word.role {
    case .small, .ten:
      signs.hasNumber = true
      if allowsFractions || wordValues.contains(word.value) { signs.mayState = true }
    // Values made of several words are left to the readers.
    case .hundred, .scale, .dozen, .denominator, .denominators: signs.mayState = true
    case .answer: signs.hasAnnouncement = true
    case .plus, .minus, .times, .divided, .multiplied, .twice, .sum, .difference, .product,
      .quotient, .squared, .of:
      signs.hasOperator = true
      if allowsFractions, word.role == .divided || word.role == .quotient { signs.mayState = true }
    default: break
    }
  }

  private static let timesLetter = LeakWord.code("x")
  private static let squareRoot = LeakWord.code("sqrt")
  private static let overline = LeakWord.code("overline")
  private static let bar = LeakWord.code("bar")

  // MARK: Bytes

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Whether an operator or fraction may begin with a byte.
  private static func isSign(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte < 0x40 ? lowSigns : highSigns) >> UInt64(byte & 0x3F) & 1 == 1
  }

  /// The signs among the bytes below 0x40, one bit each.
  private static let lowSigns = mask("+-*/!(<#")
  /// The signs among the bytes from 0x40 on.
  private static let highSigns = mask("^[{\\")

  private static func mask(_ signs: String) -> UInt64 {
    signs.utf8.reduce(0) { $0 | 1 << UInt64($1 & 0x3F) }
  }
}
