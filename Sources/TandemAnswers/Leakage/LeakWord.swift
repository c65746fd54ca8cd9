/// What English words mean to the search for an answer; all its word lists.
struct LeakWord {
  enum Role: UInt8 {
    /// 0 to 19, the tens; `value` is the number.
    case small, ten
    case hundred, scale, dozen
    /// A part: half, third, ...; `value` is the denominator.
    case denominator, denominators
    case and, or, of, the, article, to
    case plus, minus, times, divided, multiplied, by, negative, twice
    case sum, difference, product, quotient, between
    case percent, per, cent
    /// Names of numbered parts of a text: step, equation, ...
    case label, labels
    case base, log, month, meridiem
    /// answer, result.
    case answer
    /// is, equals, gives: a value follows.
    case verb
    /// option, choice.
    case option
    /// choose, pick, select.
    case choose
    /// Words that make "one" a pronoun.
    case pronoun
    case squared
  }

  var role: Role
  var value = 0

  /// A digest of letters in lower case.
  static func code(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    bytes.withUnsafeBytes { code($0, range) }
  }

  /// A digest of letters in lower case, eight at a time.
  static func code(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let count = min(8, range.upperBound - index)
      var chunk: UInt64 = 0
      if index + 8 <= bytes.count {
        chunk = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        chunk &= .max >> UInt64(64 - 8 * count)
      } else {
        for offset in 0..<count { chunk |= UInt64(bytes[index + offset]) << UInt64(8 * offset) }
      }
      // Bytes 0x40 to 0x7F, among them the capitals, get the bit of small letters.
      chunk |= chunk >> 1 & ~(chunk >> 2) & 0x2020_2020_2020_2020
      hash = (hash ^ chunk) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      index += count
    }
    return hash
  }

  static func code(_ text: String) -> UInt64 {
    let bytes = Array(text.utf8)
    return code(bytes, 0..<bytes.count)
  }

  /// The meaning of a word; nil for most.
  static func meaning(_ code: UInt64) -> LeakWord? { table[code] }

  /// Every word that numbers and arithmetic are written in.
  static let numberWords: [String] = table.words { role in
    switch role {
    case .small, .ten, .hundred, .scale, .dozen, .denominator, .denominators, .plus, .minus, .times,
      .divided, .multiplied, .twice, .sum, .difference, .product, .quotient, .squared, .of:
      true
    default: false
    }
  }

  /// The words that announce an answer.
  static let answerWords: [String] = table.words { $0 == .answer }

  // MARK: Data

  private static let lists: [(Role, String)] = [
    (.and, "and"), (.or, "or"), (.of, "of"), (.the, "the"), (.article, "a an"), (.to, "to"),
    (.plus, "plus"), (.minus, "minus"), (.times, "times"), (.divided, "divided"),
    (.multiplied, "multiplied"), (.by, "by"), (.negative, "negative"), (.twice, "twice"),
    (.sum, "sum"), (.difference, "difference"), (.product, "product"), (.quotient, "quotient"),
    (.between, "between"), (.percent, "percent pct"), (.per, "per"), (.cent, "cent"),
    (
      .label,
      "step case part equation eq eqn figure fig lemma theorem proposition corollary section "
        + "chapter example exercise problem question table claim remark method stage phase hint "
        + "version footnote appendix"
    ),
    (
      .labels,
      "steps cases parts equations eqs eqns figures figs lemmas theorems sections examples "
        + "problems questions tables chapters"
    ),
    (.base, "base"), (.log, "log"),
    (
      .month,
      "january february march april may june july august september october november december "
        + "jan feb apr jun jul aug sept sep oct nov dec"
    ),
    (.meridiem, "am pm a.m p.m o'clock"), (.answer, "answer answers result solution"),
    (
      .verb,
      "is are be equals equal gives give gets get becomes yields makes leaves was were totals "
        + "has have exactly only"
    ),
    (.option, "option choice letter"), (.choose, "choose pick select"),
    (.pronoun, "this that each every which another any other no the either neither last first"),
    (.squared, "squared cubed"),
  ]

  static let table: LeakWordTable = {
    var table = LeakWordTable()
    for (role, words) in lists {
      for word in words.split(separator: " ") { table.add(String(word), LeakWord(role: role)) }
    }
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
      "nineteen",
    ]
    for (value, word) in small.enumerated() {
      table.add(word, LeakWord(role: .small, value: value))
    }
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    for (index, word) in tens.enumerated() {
      table.add(word, LeakWord(role: .ten, value: 10 * (index + 2)))
    }
    table.add("fourty", LeakWord(role: .ten, value: 40))
    table.add("hundred", LeakWord(role: .hundred, value: 100))
    for (word, value) in [
      ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000),
      ("trillion", 1_000_000_000_000),
    ] {
      table.add(word, LeakWord(role: .scale, value: value))
    }
    table.add("dozen", LeakWord(role: .dozen, value: 12))
    table.add("half", LeakWord(role: .denominator, value: 2))
    table.add("halves", LeakWord(role: .denominators, value: 2))
    for (word, value) in [
      ("third", 3), ("quarter", 4), ("fourth", 4), ("fifth", 5), ("sixth", 6), ("seventh", 7),
      ("eighth", 8), ("ninth", 9), ("tenth", 10), ("eleventh", 11), ("twelfth", 12),
      ("fifteenth", 15), ("sixteenth", 16), ("twentieth", 20), ("hundredth", 100),
      ("thousandth", 1_000),
    ] {
      table.add(word, LeakWord(role: .denominator, value: value))
      table.add(word + "s", LeakWord(role: .denominators, value: value))
    }
    return table
  }()
}

/// A hash table of words with open addressing: most look-ups end at an empty slot.
struct LeakWordTable {
  private static let mask = 1023
  private var keys = [UInt64](repeating: 0, count: mask + 1)
  private var entries = [LeakWord](repeating: LeakWord(role: .and), count: mask + 1)
  private var spellings: [(word: String, role: LeakWord.Role)] = []

  mutating func add(_ word: String, _ entry: LeakWord) {
    let code = LeakWord.code(word)
    var slot = Self.slot(code)
    while keys[slot] != 0 { slot = (slot + 1) & Self.mask }
    keys[slot] = code
    entries[slot] = entry
    spellings.append((word, entry.role))
  }

  /// The words of some roles.
  func words(_ isWanted: (LeakWord.Role) -> Bool) -> [String] {
    spellings.filter { isWanted($0.role) }.map(\.word)
  }

  subscript(code: UInt64) -> LeakWord? {
    slot(of: code).map { entries[$0] }
  }

  /// The role of a word; nil for most.
  func role(_ code: UInt64) -> LeakWord.Role? {
    slot(of: code).map { entries[$0].role }
  }

  private func slot(of code: UInt64) -> Int? {
    var slot = Self.slot(code)
    while keys[slot] != 0 {
      if keys[slot] == code { return slot }
      slot = (slot + 1) & Self.mask
    }
    return nil
  }

  private static func slot(_ code: UInt64) -> Int { Int(truncatingIfNeeded: code >> 20) & mask }
}
