/// Whether a number is a value of the text, or counts, names and orders its parts.
extension MentionReader {
  func isValue(_ mention: Mention) -> Bool {
    let first = mention.tokens.lowerBound
    let last = mention.tokens.upperBound - 1
    if tokens[first].isScript || kind(first - 1) == .underscore { return false }
    if mention.denominator == 1, !mention.isSigned {
      if isLabelled(first) || isListNumber(first, last) || isDay(mention) { return false }
      if role(last + 1) == .meridiem { return false }
      if isBase(first) { return false }
    }
    if isPartOfNamedFraction(first, last) { return false }
    if mention.tokens.count == 1, tokens[first].kind == .word, mention.numerator == 1,
      mention.denominator == 1
    {
      return isNumberOne(first)
    }
    return true
  }

  /// Whether it numbers a part of the text: Step 4, Equation (4), Steps 3 and 4.
  private func isLabelled(_ first: Int) -> Bool {
    var index = first - 1
    if kind(index) == .openParen || kind(index) == .openBrace { index -= 1 }
    if kind(index) == .stop, isTight(index) { index -= 1 }
    guard let word = word(index) else { return false }
    if word.role == .label || word.role == .labels {
      let name = tokens[index]
      let isCapital = bytes[Int(name.start)] & 0x20 == 0
      if !isCapital, !Self.lowerLabels.contains(name.code) { return false }
      return role(index - 1) != .pronoun || role(index - 1) == nil
    }
    // The second of two labels.
    guard word.role == .and || word.role == .or || word.role == .to, let last = mentions.last,
      !last.isValue, last.tokens.upperBound >= index - 1, kind(index - 1) != .newline,
      last.tokens.lowerBound > 0
    else { return false }
    var place = last.tokens.lowerBound - 1
    if kind(place) == .openParen { place -= 1 }
    return role(place) == .labels
  }

  private static let lowerLabels: Set<UInt64> = Set(
    [
      "step", "case", "part", "equation", "eq", "eqn", "figure", "lemma", "theorem", "steps",
      "cases", "parts", "equations", "figures", "version",
    ].map { LeakWord.code($0) })

  /// `4.` and `4)` before text at the start of a line.
  private func isListNumber(_ first: Int, _ last: Int) -> Bool {
    guard first == last, tokens[first].kind == .number, !tokens[first].isStated else {
      return false
    }
    var before = first - 1
    let isBracketed = kind(before) == .openParen
    if isBracketed { before -= 1 }
    guard kind(before) == .newline else { return false }
    let mark = kind(last + 1)
    guard mark == .closeParen || mark == .stop && !isBracketed, isTight(last + 1) else {
      return false
    }
    let next = last + 2
    return next < tokens.count && tokens[next].kind != .newline && tokens[next].spaced
      && (!isBracketed || tokens[next].kind == .word) && !tokens[next].isOperator
      && tokens[next].kind != .equals
  }

  /// May 5, 5 March.
  private func isDay(_ mention: Mention) -> Bool {
    guard 1...31 ~= mention.numerator || mention.numerator > 1_000 else { return false }
    for index in [mention.tokens.lowerBound - 1, mention.tokens.upperBound]
    where role(index) == .month {
      let token = tokens[index]
      if bytes[Int(token.start)] & 0x20 == 0 { return true }
    }
    return false
  }

  /// The base of a logarithm or numeral.
  private func isBase(_ first: Int) -> Bool {
    guard role(first - 1) == .base, first >= 2 else { return false }
    let before = tokens[first - 2]
    return role(first - 2) == .log || before.kind == .number || before.kind == .openParen
      || before.code == Self.inWord
  }

  private static let inWord = LeakWord.code("in")

  /// `x/4`, `4/x`, and lone numerals of `\frac{x}{4}`.
  private func isPartOfNamedFraction(_ first: Int, _ last: Int) -> Bool {
    func isName(_ index: Int) -> Bool {
      index >= 0 && index < tokens.count && tokens[index].kind == .word
        && tokens[index].range.count == 1
    }
    if kind(first - 1) == .divide, isTight(first), isTight(first - 1), isName(first - 2) {
      return true
    }
    if kind(last + 1) == .divide, isTight(last + 1), isTight(last + 2), isName(last + 2) {
      return true
    }
    guard kind(first - 1) == .openBrace, kind(last + 1) == .closeBrace else { return false }
    if isFractionCommand(first - 2) { return holdsName(last + 2) }
    guard kind(first - 2) == .closeBrace else { return false }
    // The numerator's group ends before: find where it began.
    var (depth, index) = (0, first - 2)
    while index >= 0, first - index < 64 {
      if tokens[index].kind == .closeBrace { depth += 1 }
      if tokens[index].kind == .openBrace { depth -= 1 }
      if depth == 0 { break }
      index -= 1
    }
    return depth == 0 && isFractionCommand(index - 1) && holdsName(index)
  }

  private func isFractionCommand(_ index: Int) -> Bool {
    kind(index) == .command && LeakCommand.fractions.contains(tokens[index].code)
  }

  /// Whether the group that opens at a token holds a name.
  private func holdsName(_ open: Int) -> Bool {
    var (depth, index) = (0, open)
    while index < tokens.count, index - open < 64 {
      switch tokens[index].kind {
      case .openBrace: depth += 1
      case .closeBrace: depth -= 1
      case .word, .pi: return true
      case .command where tokens[index].code == LeakCommand.squareRoot: return true
      default: break
      }
      if depth <= 0 { return false }
      index += 1
    }
    return false
  }

  /// Whether "one" is the number and not a pronoun or determiner.
  private func isNumberOne(_ index: Int) -> Bool {
    if role(index - 1) == .pronoun || role(index + 1) == .of { return false }
    let before = kind(index - 1)
    let isIntroduced: Bool
    switch before {
    case .equals, .colon, .marker, .openBox, .plus, .minus, .times, .divide, .currency:
      isIntroduced = true
    case .word:
      switch role(index - 1) {
      case .verb, .plus, .minus, .times, .by, .negative: isIntroduced = true
      default: isIntroduced = false
      }
    default: isIntroduced = false
    }
    if tokens[index].isStated, isIntroduced { return true }
    guard isIntroduced || tokens[index].isStated else {
      return role(index + 1) == .plus || role(index + 1) == .times
    }
    guard kind(index + 1) == .word else { return true }
    // "is one way" is a determiner.
    guard let next = role(index + 1) else { return false }
    return next != .of && next != .pronoun
  }
}
