package import TandemRecords

/// Finds every place where a text gives the answer of a problem away.
///
/// Made once a problem; the same texts give the same findings on every machine and thread. A text is
/// read in time linear in its length, and values are compared, never strings.
package struct LeakAuditor: Sendable {
  /// Changes whenever a finding can change.
  package static let version = 2

  private enum Target: Sendable {
    case number(NumberTarget)
    case value(ValueTarget)
    case phrase(PhraseTarget)
    case choice(ChoiceTarget)

    /// What a text without it can be told by; nil when there is no short way.
    var need: LeakSieve.Need? {
      switch self {
      case .number(let target): target.need
      case .phrase(let target): target.need
      case .value, .choice: nil
      }
    }

    var needsArithmetic: Bool {
      if case .number(let target) = self { return target.needsArithmetic }
      return false
    }
  }

  private struct Goal: Sendable {
    var target: Target
    /// The worst that a find of it can be: the text of an option is another spelling of its letter.
    var worst: Severity
  }

  private let goals: [Goal]
  private let choice: ChoiceTarget?
  /// Whether the question itself states the value.
  private let isGiven: Bool
  /// Rules most texts out before they are read; nil when the answer is of a kind that it does not know.
  private let sieve: LeakSieve?
  /// Whether arithmetic matters even when what it comes to is not asked for.
  private let needsArithmetic: Bool

  /// Reads a gold answer.
  ///
  /// - Parameters:
  ///   - gold: the answer
  ///   - type: what it is, when the data set says so
  ///   - question: the question, whose own values are no secret
  ///   - choices: the options in the order A, B, C, ...
  package init(
    gold: String, type: GoldType? = nil, question: String? = nil, choices: [String]? = nil
  ) {
    let key = AnswerKey(gold: gold, type: type, question: question, choices: choices)
    let count = choices?.count ?? 0
    var goals: [Goal] = []
    var choice: ChoiceTarget?
    let letter = key.letter.flatMap { 0x41...0x46 ~= $0 || count > Int($0) - 0x41 ? $0 : nil }
    if let letter, type == nil || type == .choice || choices != nil {
      let found = ChoiceTarget(letter: letter, count: count)
      choice = found
      goals.append(Goal(target: .choice(found), worst: .equivalent))
      if let options = choices, options.indices.contains(Int(letter) - 0x41) {
        let option = options[Int(letter) - 0x41]
        goals += Self.targets(option, key).map { Goal(target: $0, worst: .equivalent) }
      }
    } else {
      for value in key.values {
        let text = String(decoding: value.parsed.bytes[value.parsed.range], as: UTF8.self)
        goals += Self.targets(text, key).map { Goal(target: $0, worst: .literal) }
      }
      if let options = choices,
        let index = options.firstIndex(where: {
          Grader().grade(answer: $0, key: key).verdict == .correct
        }), index < 26
      {
        let found = ChoiceTarget(letter: 0x41 + UInt8(index), count: count)
        choice = found
        goals.append(Goal(target: .choice(found), worst: .equivalent))
      }
    }
    self.goals = goals
    self.choice = choice
    let needs = goals.map(\.target.need)
    sieve = needs.contains { $0 == nil } ? nil : LeakSieve(needs.compactMap { $0 })
    isGiven = Self.isStated(goals, sieve, in: question)
    needsArithmetic = isGiven || goals.contains { $0.target.needsArithmetic }
  }

  private static func targets(_ gold: String, _ key: AnswerKey) -> [Target] {
    let value = AnswerKey.Value(Array(gold.utf8), 0..<gold.utf8.count)
    let phrase = PhraseTarget(gold, rule: "token").map(Target.phrase)
    if let number = NumberTarget(gold, key, value.parsed) {
      return [.number(number)] + (number.isCount ? [phrase].compactMap { $0 } : [])
    }
    if let found = ValueTarget(gold, value, key) {
      // A list is searched whole; a part of a longer list would be its spelling too.
      return [.value(found)] + (found.isList ? [] : [phrase].compactMap { $0 })
    }
    return [PhraseTarget(gold, rule: "text")].compactMap { $0.map(Target.phrase) }
  }

  // MARK: Search

  /// Every place of a text that gives the answer away, with its severity and rule.
  ///
  /// - Parameter derivable: whether arithmetic that comes to the answer is looked for too; without it the rest is
  ///   found faster
  package func audit(_ hint: String, derivable: Bool = true) -> LeakAudit {
    let text = LeakText(hint)
    guard let sieve else { return audit(text, derivable: derivable) }
    return audit(text, parts: sieve.parts(text.bytes, derivable: derivable), derivable: derivable)
  }

  /// What a reading of a text finds, of all of it or of some parts.
  func audit(_ text: LeakText, parts: [Range<Int>]? = nil, derivable: Bool) -> LeakAudit {
    let places = (parts ?? [0..<text.bytes.count]).flatMap { part in
      let reading = LeakReading(text, part: part, evaluates: derivable || needsArithmetic)
      return leaks(reading, derivable: derivable).map { leak in
        Place(leak: leak, range: text.sourceRange(reading.byteRange(leak.tokens)))
      }
    }
    return LeakAudit(Self.findings(places, in: text))
  }

  private func leaks(_ reading: LeakReading, derivable: Bool) -> [Leak] {
    var leaks = Self.search(goals, reading)
    if !derivable { leaks.removeAll { $0.severity == .derivable } }
    if isGiven { leaks = leaks.map { given($0, in: reading) } }
    if let choice, !leaks.isEmpty {
      let listings = choice.listings(reading)
      for index in leaks.indices
      where listings.contains(where: { $0.contains(leaks[index].tokens.lowerBound) }) {
        leaks[index].severity = .given
        leaks[index].rule = "options"
      }
    }
    return leaks
  }

  private static func search(_ goals: [Goal], _ reading: LeakReading) -> [Leak] {
    var leaks: [Leak] = []
    for goal in goals {
      let first = leaks.count
      switch goal.target {
      case .number(let target): target.search(reading, into: &leaks)
      case .value(let target): target.search(reading, into: &leaks)
      case .phrase(let target): target.search(reading, into: &leaks)
      case .choice(let target): target.search(reading, into: &leaks)
      }
      guard goal.worst != .literal else { continue }
      for index in first..<leaks.count where leaks[index].severity.rank < goal.worst.rank {
        leaks[index].severity = goal.worst
      }
    }
    return leaks
  }

  /// The question's own value is no leak, unless it is stated as the result.
  private func given(_ leak: Leak, in reading: LeakReading) -> Leak {
    guard leak.severity == .literal || leak.severity == .equivalent, leak.rule != "choice",
      !leak.tokens.contains(where: { reading.isStated($0) })
    else { return leak }
    return Leak(tokens: leak.tokens, severity: .given, rule: leak.rule)
  }

  /// Whether a question states a value outside its listed options.
  private static func isStated(_ goals: [Goal], _ sieve: LeakSieve?, in question: String?) -> Bool {
    guard let question else { return false }
    let text = LeakText(withoutOptions(question))
    if let sieve, sieve.parts(text.bytes, derivable: false).isEmpty { return false }
    let reading = LeakReading(text)
    return search(goals, reading).contains {
      ($0.severity == .literal || $0.severity == .equivalent) && $0.rule != "choice"
    }
  }

  private static func withoutOptions(_ question: String) -> String {
    let bytes = Array(question.utf8)
    for index in bytes.indices {
      let isFirst =
        bytes.holds("(A)", at: index) || bytes.holds("\nA.", at: index)
        || bytes.holds("\nA)", at: index) || bytes.holds("\nA:", at: index)
      if isFirst, index > 0 { return String(decoding: bytes[..<index], as: UTF8.self) }
    }
    return question
  }

  // MARK: Findings

  /// A leak with the bytes of the text as given.
  private struct Place {
    var leak: Leak
    var range: Range<Int>
  }

  /// Findings in the order of the text, of several at one place the worst.
  private static func findings(_ places: [Place], in text: LeakText) -> [LeakFinding] {
    guard !places.isEmpty else { return [] }
    let places = places.sorted {
      ($0.range.lowerBound, $0.leak.severity.rank, -$0.range.upperBound)
        < ($1.range.lowerBound, $1.leak.severity.rank, -$1.range.upperBound)
    }
    var findings: [LeakFinding] = []
    // How far the finds of each severity reach.
    var reach = [Int](repeating: 0, count: Severity.allCases.count)
    var counter = CodePointCounter(text.source)
    for place in places {
      let (leak, range) = (place.leak, place.range)
      // What lies inside a find that is no better is the same find.
      let rank = leak.severity.rank
      if reach[...rank].contains(where: { range.upperBound <= $0 }) { continue }
      reach[rank] = range.upperBound
      let start = counter.index(at: range.lowerBound)
      let found = String(decoding: text.source[range], as: UTF8.self)
      findings.append(
        LeakFinding(
          start: start, end: start + found.unicodeScalars.count, text: found,
          severity: leak.severity, rule: leak.rule))
    }
    return findings
  }
}

/// Counts the code points of a text up to places that come in order.
private struct CodePointCounter {
  private let bytes: [UInt8]
  private var place = 0
  private var count = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func index(at offset: Int) -> Int {
    while place < min(offset, bytes.count) {
      if bytes[place] & 0xC0 != 0x80 { count += 1 }
      place += 1
    }
    return count
  }
}
