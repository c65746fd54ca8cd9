/// Number words, alone and behind digits.
extension MentionReader {
  /// The value of number words from a token on.
  func words(_ start: Int) -> Mention? {
    guard let first = word(start) else { return nil }
    switch first.role {
    case .small, .ten: break
    case .article:
      switch role(start + 1) {
      case .hundred, .scale, .dozen, .denominator: break
      default: return nil
      }
    default: return nil
    }
    var (total, current) = (0, 0)
    var last = 0
    var index = start
    if first.role == .article {
      (current, last) = (1, 1)
      index += 1
    }
    var end = index
    scan: while let word = word(index) {
      switch word.role {
      case .small:
        guard last == 0 || last >= 100 || last >= 20 && last < 100 && 1...9 ~= word.value else {
          break scan
        }
        current += word.value
        last = max(1, word.value)
        if word.value == 0 { (last, end) = (99_999, index + 1); break scan }
      case .ten:
        guard last == 0 || last >= 100 else { break scan }
        current += word.value
        last = word.value
      case .hundred:
        guard current > 0, current < 100, last != 100 else { break scan }
        current *= 100
        last = 100
      case .scale:
        guard current > 0, current < 1_000, total == 0 || word.value < total else { break scan }
        total += current * word.value
        current = 0
        last = word.value
      case .dozen:
        guard current > 0, total == 0, current < 1_000 else { break scan }
        current *= 12
        end = index + 1
        break scan
      default: break scan
      }
      index += 1
      end = index
      if kind(index) == .minus, isTight(index), isTight(index + 1), role(index + 1) != nil {
        index += 1
      } else if role(index) == .and, last >= 100, let next = self.word(index + 1),
        next.role == .small || next.role == .ten
      {
        index += 1
      }
    }
    var mention = Mention(start..<end, total + current)
    if takeDenominator(&mention) == false { return nil }
    takeHalf(&mention)
    return end > start ? mention : nil
  }

  /// Takes "thirds" behind "two"; false when the words are an ordinal, such as "twenty-third".
  private func takeDenominator(_ mention: inout Mention) -> Bool? {
    var index = mention.tokens.upperBound
    if kind(index) == .minus, isTight(index), isTight(index + 1) { index += 1 }
    guard let word = word(index), word.role == .denominator || word.role == .denominators else {
      return nil
    }
    let isSingular = word.role == .denominator
    guard mention.numerator == 1 || !isSingular else {
      return mention.numerator >= 20 ? false : nil
    }
    guard mention.divide(word.value) else { return nil }
    mention.tokens = mention.tokens.lowerBound..<(index + 1)
    return true
  }

  /// Takes "and a half", "and three quarters" behind a whole number.
  private func takeHalf(_ mention: inout Mention) {
    let next = mention.tokens.upperBound
    guard mention.denominator == 1, role(next) == .and else { return }
    guard let word = word(next + 1), word.role == .article || word.role == .small,
      word.role == .article || word.value > 0
    else { return }
    var index = next + 2
    if kind(index) == .minus, isTight(index) { index += 1 }
    guard let part = self.word(index), part.role == .denominator || part.role == .denominators,
      mention.add(word.role == .article ? 1 : word.value, part.value)
    else { return }
    mention.tokens = mention.tokens.lowerBound..<(index + 1)
  }

  /// Takes the words behind a numeral: "5 thousand", "2 and a half".
  func takeWord(_ mention: inout Mention) {
    let next = mention.tokens.upperBound
    guard let word = word(next) else { return }
    switch word.role {
    case .hundred, .scale, .dozen:
      var result = mention
      guard result.multiply(word.value) else { return }
      result.tokens = mention.tokens.lowerBound..<(next + 1)
      result.isPlain = false
      mention = result
    case .and:
      let before = mention.tokens
      takeHalf(&mention)
      if mention.tokens != before { mention.isPlain = false }
    default: break
    }
  }

  /// The token behind words that are an ordinal.
  func skipOrdinal(_ index: Int) -> Int {
    guard let word = word(index), word.role == .small || word.role == .ten else { return index + 1 }
    var end = index + 1
    while end < tokens.count,
      role(end) == .small || role(end) == .ten || role(end) == .hundred
        || role(end) == .denominator || kind(end) == .minus && isTight(end)
    {
      end += 1
    }
    return end
  }
}
