/// Times of day, numbers in words and prose.
extension Parser {
  /// `4:30 p.m.`; a pair of numbers without a mark is a ratio.
  mutating func clockTime(_ hours: Int) -> Int? {
    guard tree.kind(hours) == .number, let hour = tree.numeral(hours).value.numerator.word,
      0...24 ~= hour, tree.numeral(hours).value.isInteger, kind(ahead: 1) == .number
    else { return nil }
    let minutes = tokens[position + 1]
    guard minutes.end - minutes.start == 2, minutes.payload == 0,
      let tens = Integer.digit(bytes[minutes.start]),
      let ones = Integer.digit(bytes[minutes.start + 1]), tens < 6
    else { return nil }
    let mark = position + 2 < tokens.count ? tokens[position + 2] : token
    guard mark.kind == .word, let half = Words.meridiem(bytes[mark.start..<mark.end]) else {
      return nil
    }
    position += 3
    return tree.add(.time, payload: UInt64(hour * 60 + tens * 10 + ones) | half << 32)
  }

  mutating func meridiem(_ value: Int) -> Int? {
    guard kind == .word, let half = Words.meridiem(run), tree.kind(value) == .number,
      tree.numeral(value).value.isInteger, let hour = tree.numeral(value).value.numerator.word,
      0...24 ~= hour
    else { return nil }
    advance()
    return tree.add(.time, payload: UInt64(hour * 60) | half << 32)
  }

  // MARK: Words

  /// A product of names, a number in words, or prose.
  mutating func word() throws(Obstacle) -> Int {
    if isLetterRun {
      let symbols = (token.start..<token.end).map { index in
        tree.add(
          symbol: Self.symbol(
            Token(kind: .letter, start: index, end: index + 1, payload: UInt64(bytes[index]))))
      }
      advance()
      return symbols.count == 1 ? symbols[0] : tree.add(.product, symbols)
    }
    let start = position
    if let number = numberWords() { return number }
    position = start
    let first = token.start
    var last = token.end
    while kind == .word || (kind == .letter && token.inText) || kind == .minus && isHyphen {
      last = token.end
      advance()
    }
    return tree.add(.text, text: Words.folded(bytes, first..<last))
  }

  private var isHyphen: Bool {
    !token.spaced && kind(ahead: 1) == .word && position > 0 && tokens[position - 1].kind == .word
  }

  /// "twenty-one", "three hundred and five", "dozen".
  private mutating func numberWords() -> Int? {
    var words = Words.Number()
    var count = 0
    while true {
      if kind == .word, words.take(run) {
        advance()
        count += 1
      } else if kind == .minus || kind == .and, count > 0, kind(ahead: 1) == .word,
        Words.number(bytes[tokens[position + 1].start..<tokens[position + 1].end]) != nil,
        kind == .minus ? !token.spaced : words.endsInHundreds
      {
        advance()
      } else {
        break
      }
    }
    if count == 0, let denominator = denominator() { return tree.add(denominator) }
    if count == 0, let scale = Words.scale(run) {
      advance()
      return tree.add(Numeral(scale))
    }
    guard count > 0, let value = words.value else { return nil }
    if let part = denominator() { return tree.add(Numeral(part.value * Rational(value))) }
    return tree.add(Numeral(value))
  }

  /// The part of one that "half", "thirds" or "-quarters" names, which is passed over.
  private mutating func denominator() -> Numeral? {
    let isHyphened = kind == .minus && isHyphen
    let word = isHyphened ? tokens[position + 1] : token
    guard word.kind == .word, let value = Words.denominator(bytes[word.start..<word.end]),
      let part = Rational(Integer(1), Integer(value))
    else { return nil }
    position += isHyphened ? 2 : 1
    return Numeral(part)
  }
}
