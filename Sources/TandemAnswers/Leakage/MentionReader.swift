/// Reads every number of a text: numerals, fractions, mixed numbers, percents and number words.
struct MentionReader {
  let bytes: [UInt8]
  let tokens: [LeakToken]
  private(set) var mentions: [Mention] = []
  /// The mention that begins at a token; -1 for none.
  private(set) var places: [Int32]
  /// Lone numerals above or below the line of a fraction with names.
  private var hidden: Set<Int> = []

  init(_ bytes: [UInt8], _ tokens: [LeakToken]) {
    self.bytes = bytes
    self.tokens = tokens
    places = [Int32](repeating: -1, count: tokens.count)
    var index = 0
    while index < tokens.count {
      switch tokens[index].kind {
      case .number, .vulgar, .command, .minus: index = take(index)
      case .word where tokens[index].role != nil: index = take(index)
      default: index += 1
      }
    }
  }

  func kind(_ index: Int) -> LeakToken.Kind {
    index >= 0 && index < tokens.count ? tokens[index].kind : .newline
  }

  /// The mention that begins at a token.
  func mention(at index: Int) -> Mention? {
    places.indices.contains(index) && places[index] >= 0 ? mentions[Int(places[index])] : nil
  }

  func role(_ index: Int) -> LeakWord.Role? {
    index >= 0 && index < tokens.count ? tokens[index].role : nil
  }

  func word(_ index: Int) -> LeakWord? {
    role(index) == nil ? nil : LeakWord.table[tokens[index].code]
  }

  /// Whether a token follows its neighbour without a blank.
  func isTight(_ index: Int) -> Bool {
    index > 0 && index < tokens.count && !tokens[index].spaced
  }

  private mutating func take(_ index: Int) -> Int {
    switch tokens[index].kind {
    case .minus where isSign(index):
      let start = kind(index + 1) == .currency ? index + 2 : index + 1
      guard var mention = read(start) else { return index + 1 }
      mention.negate()
      mention.tokens = index..<mention.tokens.upperBound
      return add(mention)
    case .word:
      switch tokens[index].role {
      case .small, .ten, .article: break
      case .negative, .minus:
        guard tokens[index].role == .negative || !endsValue(index - 1) else { return index + 1 }
        guard var mention = read(index + 1) else { return index + 1 }
        mention.negate()
        mention.isPlain = false
        mention.tokens = index..<mention.tokens.upperBound
        return add(mention)
      default: return index + 1
      }
      guard let mention = read(index) else { return skipOrdinal(index) }
      return add(mention)
    case .number, .vulgar, .command:
      guard let mention = read(index) else { return index + 1 }
      return add(mention)
    default: return index + 1
    }
  }

  private mutating func add(_ mention: Mention) -> Int {
    var mention = mention
    let first = mention.tokens.lowerBound
    if hidden.contains(first) || !isValue(mention) { mention.isValue = false }
    places[first] = Int32(mentions.count)
    mentions.append(mention)
    return mention.tokens.upperBound
  }

  /// Whether a value ends at a token.
  private func endsValue(_ index: Int) -> Bool {
    guard index >= 0 else { return false }
    if let last = mentions.last, last.tokens.upperBound == index + 1 { return true }
    return tokens[index].endsOperand
  }

  /// Whether a minus is a sign, not an operation, a bullet or a dash.
  private func isSign(_ index: Int) -> Bool {
    let next = index + 1
    guard next < tokens.count else { return false }
    let isSpacedBehind = tokens[next].spaced
    let previous = kind(index - 1)
    switch previous {
    case .newline, .stop, .newRow, .semicolon: return !isSpacedBehind
    case .word:
      guard let word = word(index - 1) else {
        // x - 3, x -3; but "of -3"
        if let token = tokens.indices.contains(index - 1) ? tokens[index - 1] : nil,
          token.end - token.start == 1
        {
          return false
        }
        return !isSpacedBehind && tokens[index].spaced
      }
      switch word.role {
      case .verb, .of, .and, .or, .to, .plus, .times, .by, .between: return true
      case .small, .ten, .hundred, .scale, .dozen: return false
      default: return !isSpacedBehind && tokens[index].spaced
      }
    default: return !endsValue(index - 1)
    }
  }

  // MARK: One value

  /// The value that begins at a token, without a sign.
  func read(_ index: Int) -> Mention? {
    guard index < tokens.count else { return nil }
    var mention: Mention
    switch tokens[index].kind {
    case .number:
      mention = numeral(index)
      extend(&mention)
    case .vulgar: mention = Self.vulgar(tokens[index].code, index)
    case .command:
      guard LeakCommand.fractions.contains(tokens[index].code), let fraction = fraction(index),
        fraction.denominator > 1
      else { return nil }
      mention = fraction
    case .word:
      guard let value = words(index) else { return nil }
      mention = value
    default: return nil
    }
    takePercent(&mention)
    return mention
  }

  func numeral(_ index: Int) -> Mention {
    let token = tokens[index]
    if token.code >= LeakToken.numberBase {
      return Mention(plain: Int(token.code - LeakToken.numberBase), token: index)
    }
    return Mention(bytes, token.range, token: index, repeats: token.code == LeakToken.repeating)
  }

  private static func vulgar(_ code: UInt64, _ index: Int) -> Mention {
    let fraction = VulgarFraction(code)
    return Mention(index..<(index + 1), fraction.numerator, fraction.denominator)
  }

  /// Takes what makes another number of a numeral: a slash, a fraction behind it, a power of ten, "million".
  private func extend(_ mention: inout Mention) {
    let next = mention.tokens.upperBound
    switch kind(next) {
    case .divide:
      if let fraction = slashFraction(mention.tokens.lowerBound), fraction.denominator > 1 {
        mention = fraction
      }
    case .number:
      // 1 3/4
      guard mention.denominator == 1, mention.digits == 0, tokens[next].spaced,
        !isTight(mention.tokens.lowerBound) || kind(mention.tokens.lowerBound - 1) != .divide,
        let part = slashFraction(next), part.denominator > 1, part.numerator < part.denominator
      else { return }
      join(&mention, part)
    case .vulgar:
      guard mention.denominator == 1, mention.digits == 0 else { return }
      join(&mention, Self.vulgar(tokens[next].code, next))
    case .command where LeakCommand.fractions.contains(tokens[next].code):
      guard mention.denominator == 1, mention.digits == 0, let part = fraction(next),
        part.denominator > 1, part.numerator > 0, part.numerator < part.denominator
      else { return }
      join(&mention, part)
    case .times: takePowerOfTen(&mention)
    case .word: takeWord(&mention)
    default: break
    }
  }

  private func join(_ mention: inout Mention, _ part: Mention) {
    var sum = mention
    guard sum.add(part.numerator, part.denominator) else { return }
    sum.tokens = mention.tokens.lowerBound..<part.tokens.upperBound
    sum.isPlain = false
    mention = sum
  }

  /// `3/4` without blanks, of whole numbers, in lowest terms or not.
  private func slashFraction(_ index: Int) -> Mention? {
    guard kind(index) == .number, kind(index + 1) == .divide, isTight(index + 1),
      kind(index + 2) == .number, isTight(index + 2),
      !(kind(index + 3) == .divide && isTight(index + 3)),
      !(kind(index - 1) == .divide && isTight(index))
    else { return nil }
    let (top, bottom) = (numeral(index), numeral(index + 2))
    guard top.denominator == 1, bottom.denominator == 1, bottom.numerator > 0, top.digits == 0,
      bottom.digits == 0
    else { return nil }
    return Mention(index..<(index + 3), top.numerator, bottom.numerator)
  }

  /// `\frac{3}{4}`, `\frac34`, `\frac{-3}{4}` of whole numbers.
  func fraction(_ index: Int) -> Mention? {
    if kind(index + 1) == .number, tokens[index + 1].end - tokens[index + 1].start == 2,
      kind(index + 2) != .openBrace
    {
      let digits = numeral(index + 1).numerator
      guard digits % 10 > 0 else { return nil }
      return Mention(index..<(index + 2), digits / 10, digits % 10)
    }
    guard let (top, next) = whole(index + 1), let (bottom, end) = whole(next), bottom > 0 else {
      return nil
    }
    return Mention(index..<end, top, bottom)
  }

  private func whole(_ index: Int) -> (value: Int, next: Int)? {
    guard index < tokens.count else { return nil }
    if kind(index) == .openBrace {
      let isNegative = kind(index + 1) == .minus
      let place = isNegative ? index + 2 : index + 1
      guard kind(place) == .number, kind(place + 1) == .closeBrace else { return nil }
      let mention = numeral(place)
      guard mention.denominator == 1, mention.digits == 0 else { return nil }
      return (isNegative ? -mention.numerator : mention.numerator, place + 2)
    }
    guard kind(index) == .number, tokens[index].end - tokens[index].start == 1 else { return nil }
    return (numeral(index).numerator, index + 1)
  }

  /// `1.2 \times 10^3`.
  private func takePowerOfTen(_ mention: inout Mention) {
    let next = mention.tokens.upperBound
    guard kind(next + 1) == .number, tokens[next + 1].range.count == 2,
      numeral(next + 1).numerator == 10
    else { return }
    var index = next + 2
    var exponent = 0
    var isNegative = false
    if kind(index) == .superscript {
      while kind(index) == .superscript {
        exponent = min(exponent * 10 + Self.superscript(tokens[index].code), 1_000)
        index += 1
      }
    } else {
      guard kind(index) == .caret else { return }
      index += 1
      let hasBrace = kind(index) == .openBrace || kind(index) == .openParen
      if hasBrace { index += 1 }
      isNegative = kind(index) == .minus
      if isNegative { index += 1 }
      guard kind(index) == .number, tokens[index].range.count <= 2 else { return }
      exponent = numeral(index).numerator
      index += 1
      if hasBrace { index += 1 }
    }
    guard exponent <= 17 else { return }
    var scale = 1
    for _ in 0..<exponent { scale *= 10 }
    var result = mention
    guard isNegative ? result.divide(scale) : result.multiply(scale) else { return }
    result.tokens = mention.tokens.lowerBound..<min(index, tokens.count)
    result.isPlain = false
    mention = result
  }

  static func superscript(_ code: UInt64) -> Int {
    switch code {
    case 0xB2: 2
    case 0xB3: 3
    case 0xB9: 1
    default: Int(code &- 0x2070)
    }
  }

  private func takePercent(_ mention: inout Mention) {
    var next = mention.tokens.upperBound
    var isPercent = false
    if kind(next) == .percent {
      isPercent = true
    } else if role(next) == .percent {
      isPercent = true
    } else if kind(next) == .minus, isTight(next), role(next + 1) == .percent {
      next += 1
      isPercent = true
    } else if role(next) == .per, role(next + 1) == .cent {
      next += 1
      isPercent = true
    }
    guard isPercent, mention.divide(100) else { return }
    mention.isPercent = true
    mention.tokens = mention.tokens.lowerBound..<(next + 1)
  }
}
