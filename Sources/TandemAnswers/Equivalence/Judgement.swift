/// Whether an extracted answer equals an answer key, and by which rule.
struct Judgement {
  enum Outcome: Equatable {
    case equal, different
    /// A bound was met before either was shown.
    case unknown(Limit)
  }

  var outcome: Outcome
  var policy: Policy

  /// Judges the bytes of an answer, which must not be longer than the limit.
  static func of(_ bytes: [UInt8], _ range: Range<Int>, _ key: AnswerKey) -> Judgement {
    let number = PlainNumber.value(bytes, range)
    var result = Judgement(outcome: .different, policy: .kind)
    for value in key.values {
      if let number, let gold = value.number {
        if number == gold { return Judgement(outcome: .equal, policy: .exact) }
        result.policy = .exact
        continue
      }
      let judgement = of(bytes, range, value, key)
      if judgement.outcome == .equal { return judgement }
      if result.outcome == .different { result = judgement }
    }
    if key.listsAll(bytes, range) { return Judgement(outcome: .equal, policy: .list) }
    return result
  }

  static func of(
    _ bytes: [UInt8], _ range: Range<Int>, _ value: AnswerKey.Value, _ key: AnswerKey
  ) -> Judgement {
    if ParsedAnswer.spelling(bytes, range) == value.spelling, !value.spelling.isEmpty {
      return Judgement(outcome: .equal, policy: .spelling)
    }
    if let letter = key.letter, let judgement = choice(bytes, range, letter, key) {
      return judgement
    }
    let folded = Words.folded(bytes, range)
    if !folded.isEmpty, folded == value.folded, isProse(value) {
      return Judgement(outcome: .equal, policy: .text)
    }
    var content = range
    if key.letter == nil, let choice = ChoiceLetter.read(bytes, range), !choice.rest.isEmpty {
      content = choice.rest
    }
    let answer = ParsedAnswer(bytes, content, expected: value.variables)
    return compare(answer, value, key)
  }

  /// Compares all readings of both sides.
  static func compare(
    _ answer: ParsedAnswer, _ value: AnswerKey.Value, _ key: AnswerKey
  ) -> Judgement {
    var limit = answer.limit ?? value.parsed.limit
    var policy = Policy.kind
    for gold in [value.parsed.tree, value.parsed.listTree].compactMap({ $0 }) {
      for tree in [answer.tree, answer.listTree].compactMap({ $0 }) {
        var comparison = Comparison(gold: gold, answer: tree, hints: key.hints)
        if comparison.rootsAreEqual() {
          return Judgement(outcome: .equal, policy: comparison.policy)
        }
        policy = comparison.policy
        limit = limit ?? comparison.limit
      }
    }
    if let limit { return Judgement(outcome: .unknown(limit), policy: policy) }
    return Judgement(outcome: .different, policy: policy)
  }

  /// Whether case does not matter: words, not names of one or two letters.
  private static func isProse(_ value: AnswerKey.Value) -> Bool {
    guard let tree = value.parsed.tree else { return true }
    return tree.kind(tree.root) == .text
      || tree.nodes.contains { $0.kind == .text }
  }

  /// Judges a choice letter or the text of an option; nil when the answer is neither.
  private static func choice(
    _ bytes: [UInt8], _ range: Range<Int>, _ letter: UInt8, _ key: AnswerKey
  ) -> Judgement? {
    let right = Int(letter) - 0x41
    if let stated = ChoiceLetter.read(bytes, range, anyCase: true) {
      guard stated.letter == letter else {
        return Judgement(outcome: .different, policy: .choice)
      }
      if joinsAnother(bytes, stated.rest) { return Judgement(outcome: .different, policy: .choice) }
      guard !stated.rest.isEmpty, key.options.indices.contains(right) else {
        return Judgement(outcome: .equal, policy: .choice)
      }
      let isOption = equals(bytes, stated.rest, key.options[right], key)
      return Judgement(outcome: isOption ? .equal : .different, policy: .choice)
    }
    guard key.options.indices.contains(right) else { return nil }
    guard equals(bytes, range, key.options[right], key) else { return nil }
    return Judgement(outcome: .equal, policy: .choice)
  }

  /// Whether a second option is offered behind the first.
  private static func joinsAnother(_ bytes: [UInt8], _ rest: Range<Int>) -> Bool {
    guard let first = rest.first.map({ bytes[$0] }) else { return false }
    return first == UInt8(ascii: ",") || first == UInt8(ascii: "/") || first == UInt8(ascii: "&")
      || bytes.holds("or ", at: rest.lowerBound, anyCase: true)
      || bytes.holds("and ", at: rest.lowerBound, anyCase: true)
  }

  private static func equals(
    _ bytes: [UInt8], _ range: Range<Int>, _ option: AnswerKey.Value, _ key: AnswerKey
  ) -> Bool {
    if Words.folded(bytes, range) == option.folded { return true }
    let answer = ParsedAnswer(bytes, range, expected: option.variables)
    return compare(answer, option, key).outcome == .equal
  }
}
