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
  /// Whether words such as "hundred" are in every spelling in words.
  private var isLarge = false
  /// Whether something may begin on one line and end on the next.
  private var joinsLines = false
  /// The words that matter.
  private var watched = Self.numberWords

  private let table = LeakWord.table
  private let timesLetter = LeakWord.code("x")
  private let squareRoot = LeakWord.code("sqrt")
  private let repeats = [LeakWord.code("overline"), LeakWord.code("bar")]
  private static let numberWords = WordSet(
    LeakWord.numberWords + LeakWord.answerWords
      + ["overline", "bar", "sqrt", "x", "percent", "pct", "cent"])

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
    if size >= 100 { isLarge = true }
    if denominator == 1, size < 20 { wordValues.append(Int(size)) }
    if denominator == 1, 20..<100 ~= size { wordValues.append(Int(size) / 10 * 10) }
    return true
  }

  /// What a scan has seen so far.
  private struct Signs: OptionSet {
    var rawValue: UInt16

    /// Something that may be the answer.
    static let state = Signs(rawValue: 1 << 0)
    static let number = Signs(rawValue: 1 << 1)
    static let operation = Signs(rawValue: 1 << 2)
    /// A word that multiplies; only with a part or percent it makes a small number.
    static let scale = Signs(rawValue: 1 << 3)
    /// A word that divides.
    static let part = Signs(rawValue: 1 << 4)
    static let percent = Signs(rawValue: 1 << 5)
    /// A number word above one, of which parts may make a whole.
    static let count = Signs(rawValue: 1 << 6)
    /// A word that announces an answer, which may stand on the next line.
    static let announcement = Signs(rawValue: 1 << 7)
    /// Markup that may reach over lines.
    static let spansLines = Signs(rawValue: 1 << 8)

    func mayHold(derivable: Bool) -> Bool {
      contains(.state) || contains(.scale) && !isDisjoint(with: [.part, .percent])
        || isSuperset(of: [.part, .count])
        || derivable && isSuperset(of: [.number, .operation])
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
        let raw = UnsafeRawBufferPointer(bytes)
        index += Self.letters(raw, from: start)
        guard watched.mayHold(first: byte, length: index - start) else { continue }
        word(LeakWord.code(raw, start..<index), &signs)
      } else if byte &- 0x30 < 10 {
        isBlank = false
        index = digits(bytes, from: index, &signs)
        signs.insert(.number)
      } else if byte == 0x0A {
        index += 1
        break
      } else {
        sign(bytes, index, &signs)
        index += 1
      }
    }
    return isBlank
  }

  /// Notes what an operator or fraction may begin with.
  private func sign(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ signs: inout Signs) {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "-"):
      signs.insert(.operation)
      return
    case UInt8(ascii: "%"):
      signs.insert(.percent)
      return
    case UInt8(ascii: "#"):
      signs.insert(.spansLines)
      return
    case UInt8(ascii: "\\"): signs.insert(.spansLines)
    case UInt8(ascii: "<"):
      // A tag, not a comparison or calculation.
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if Self.isLetter(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") {
        signs.insert(.spansLines)
      }
    case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "^"),
      UInt8(ascii: "!"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      break
    case 0x80...: signs.insert(.number)
    default: return
    }
    signs.insert(.operation)
    // `/`, `\frac`, `÷` and the characters of fractions.
    if allowsFractions { signs.insert(.state) }
  }

  /// Reads digits with whatever may separate groups of them; the index behind them.
  private func digits(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ signs: inout Signs
  ) -> Int {
    var index = start
    var (whole, significant) = (UInt64(0), UInt64(0))
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      let digit = UInt64(bytes[index] &- 0x30)
      // Of more digits than a word holds this is no value, and is not used as one.
      whole = whole &* 10 &+ digit
      if digit != 0 { significant = whole }
      index += 1
    }
    if index - start <= Self.maximumDigits, Self.separatorEnd(bytes, index) == nil {
      for number in numbers where number.value == significant { signs.insert(.state) }
      return index
    }
    for number in numbers { index = groups(bytes, from: start, number, &signs) }
    return index
  }

  /// Reads groups of digits, which may be read apart or together: any run of their digits is taken for a number.
  private func groups(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ number: Digits, _ signs: inout Signs
  ) -> Int {
    var index = start
    var window: UInt64 = 0
    while true {
      while index < bytes.count, bytes[index] &- 0x30 < 10 {
        window = (window * 10 + UInt64(bytes[index] &- 0x30)) % number.modulus
        if window == number.value { signs.insert(.state) }
        index += 1
      }
      guard let next = Self.separatorEnd(bytes, index) else { return index }
      index = next
    }
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
    if words.contains(code) { signs.insert(.state) }
    guard let word = table[code] else {
      if code == squareRoot || code == timesLetter { signs.insert(.operation) }
      if repeats.contains(code) { signs.insert(.state) }
      return
    }
    switch word.role {
    case .small, .ten:
      signs.insert(.number)
      if word.value > 1 { signs.insert(.count) }
      if allowsFractions || wordValues.contains(word.value) { signs.insert(.state) }
    case .dozen: signs.insert(.state)
    case .hundred, .scale:
      signs.insert(.number)
      if isLarge { signs.insert(.state) } else { signs.insert(.scale) }
    case .denominator, .denominators:
      signs.insert(.operation)
      if allowsFractions { signs.insert(.state) } else { signs.insert(.part) }
    case .percent, .cent: signs.insert(.percent)
    case .answer: signs.insert(.announcement)
    case .plus, .minus, .times, .divided, .multiplied, .twice, .sum, .difference, .product,
      .quotient, .squared, .of:
      signs.insert(.operation)
      if allowsFractions, word.role == .divided || word.role == .quotient { signs.insert(.state) }
    default: break
    }
  }

  // MARK: Bytes

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// How many letters stand at the start of a word, of eight bytes at a time.
  private static func letters(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      let chunk = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // The top bit of a byte is set from `a` on, and behind `z`, since seven bits never carry over.
      let low = (chunk | 0x2020_2020_2020_2020) & 0x7F7F_7F7F_7F7F_7F7F
      let isFromA = low &+ 0x1F1F_1F1F_1F1F_1F1F
      let isBehindZ = low &+ 0x0505_0505_0505_0505
      let others = ~(isFromA & ~isBehindZ & ~chunk) & 0x8080_8080_8080_8080
      if others != 0 { return index + others.trailingZeroBitCount / 8 - start }
      index += 8
    }
    while index < bytes.count, isLetter(bytes[index]) { index += 1 }
    return index - start
  }
}
