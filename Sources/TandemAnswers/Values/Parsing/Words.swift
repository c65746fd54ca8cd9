/// English words that carry a value or none, and the folding of plain text.
enum Words {
  /// A number that is being read word by word.
  struct Number {
    private var total = 0
    private var current = 0
    private var last = 0
    private var isEmpty = true

    /// Whether "and" may follow.
    var endsInHundreds: Bool { last >= 100 }

    /// Takes a word when it continues a number.
    mutating func take(_ word: ArraySlice<UInt8>) -> Bool {
      guard let value = Words.number(word) else { return false }
      switch value {
      case 100:
        guard current < 100, last != 100 else { return false }
        current = max(1, current) * 100
      case 1_000...:
        guard total == 0 || value < total, current < 1_000, isEmpty || current > 0 else {
          return false
        }
        total += max(1, current) * value
        current = 0
      default:
        let isFree = isEmpty || last >= 100 || (last >= 20 && last < 100 && 1...9 ~= value)
        guard isFree else { return false }
        current += value
      }
      last = value
      isEmpty = false
      return true
    }

    var value: Int? { isEmpty ? nil : total + current }
  }

  /// The value of a number word.
  static func number(_ word: ArraySlice<UInt8>) -> Int? {
    numbers[Symbol(name: word.map { $0 | 0x20 })]
  }

  /// The denominator that a fraction word names, as in "two thirds".
  static func denominator(_ word: ArraySlice<UInt8>) -> Int? {
    denominators[Symbol(name: word.map { $0 | 0x20 })]
  }

  private static let denominators: [Symbol: Int] = {
    let table: [(String, Int)] = [
      ("half", 2), ("halves", 2), ("third", 3), ("quarter", 4), ("fourth", 4), ("fifth", 5),
      ("sixth", 6), ("seventh", 7), ("eighth", 8), ("ninth", 9), ("tenth", 10),
    ]
    var denominators: [Symbol: Int] = [:]
    for (word, value) in table {
      denominators[Symbol(name: word.utf8)] = value
      denominators[Symbol(name: (word + "s").utf8)] = value
    }
    return denominators
  }()

  /// A multiplier behind digits, as in "5 million".
  static func scale(_ word: ArraySlice<UInt8>) -> Int? {
    if word.map({ $0 | 0x20 }).elementsEqual("dozen".utf8) { return 12 }
    guard let value = number(word), value >= 100 else { return nil }
    return value
  }

  /// Whether a short word in letters of names is prose when it stands alone.
  static func isProse(_ word: ArraySlice<UInt8>) -> Bool {
    shortWords.contains(Symbol(name: word.map { $0 | 0x20 })) || isName(word)
  }

  /// Whether a word is capitalised and can be spoken: "Sam", but not `AB` or `Bx`.
  private static func isName(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first, first &- 0x41 < 26, word.count > 1 else { return false }
    let rest = word.dropFirst()
    guard rest.allSatisfy({ $0 &- 0x61 < 26 }) else { return false }
    let spoken = word.count > 2 ? word : rest
    return spoken.contains { "aeiou".utf8.contains($0 | 0x20) }
  }

  /// 1 for a.m., 2 for p.m.
  static func meridiem(_ word: ArraySlice<UInt8>) -> UInt64? {
    switch word.filter({ $0 != UInt8(ascii: ".") }).map({ $0 | 0x20 }) {
    case [UInt8(ascii: "a"), UInt8(ascii: "m")]: 1
    case [UInt8(ascii: "p"), UInt8(ascii: "m")]: 2
    default: nil
    }
  }

  /// Words before a value that do not change it.
  static func isLeadIn(_ word: ArraySlice<UInt8>) -> Bool {
    leadIns.contains(Symbol(name: word.map { $0 | 0x20 }))
  }

  /// Whether a word before a colon or sign of equality announces a value.
  static func introducesValue(_ word: ArraySlice<UInt8>) -> Bool {
    introductions.contains(Symbol(name: word.map { $0 | 0x20 }))
  }

  private static let shortWords: Set<Symbol> = {
    let words = ["no", "yes", "odd", "all", "any"]
    return Set(words.map { Symbol(name: $0.utf8) })
  }()

  private static let introductions: Set<Symbol> = {
    let words = ["the", "our", "my", "final", "correct", "answer", "result"]
    return Set(words.map { Symbol(name: $0.utf8) })
  }()

  private static let leadIns: Set<Symbol> = {
    let words = ["approximately", "about", "exactly", "roughly", "either", "simply", "just"]
    return Set(words.map { Symbol(name: $0.utf8) })
  }()

  private static let numbers: [Symbol: Int] = {
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
      "nineteen",
    ]
    let tens = [
      "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    var numbers: [Symbol: Int] = [:]
    for (value, word) in small.enumerated() { numbers[Symbol(name: word.utf8)] = value }
    for (index, word) in tens.enumerated() {
      numbers[Symbol(name: word.utf8)] = 10 * (index + 2)
    }
    numbers[Symbol(name: "hundred".utf8)] = 100
    numbers[Symbol(name: "thousand".utf8)] = 1_000
    numbers[Symbol(name: "million".utf8)] = 1_000_000
    numbers[Symbol(name: "billion".utf8)] = 1_000_000_000
    numbers[Symbol(name: "trillion".utf8)] = 1_000_000_000_000
    return numbers
  }()

  /// Text without markup, in lower case, with single blanks and no dots at its end.
  static func folded(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    var needsBlank = false
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\\"):
        let start = index
        while index < range.upperBound, (bytes[index] | 0x20) &- 0x61 < 26 { index += 1 }
        if index == start {
          index = min(index + 1, range.upperBound)
          needsBlank = true
        } else {
          switch Command.named(bytes[start..<index]) {
          case .text?, .font?, .ignored?: break
          case .space?: needsBlank = true
          default: result.append(contentsOf: bytes[start..<index])
          }
        }
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "$"), UInt8(ascii: "*"),
        UInt8(ascii: "\""):
        break
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "~"): needsBlank = true
      default:
        if needsBlank, !result.isEmpty { result.append(0x20) }
        needsBlank = false
        result.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
      }
    }
    while result.last == UInt8(ascii: ".") || result.last == 0x20 { result.removeLast() }
    return result
  }
}
