/// Mixed numbers, units, money, times of day and words.
extension Parser {
  /// `3\frac12` or `3 1/2` after a whole number; a wider fraction is a factor.
  mutating func mixedNumber(_ left: Int) throws(Obstacle) -> Int? {
    guard tree.kind(left) == .number else { return nil }
    let whole = tree.numeral(left)
    switch kind {
    case .fraction:
      if let unit = unitFraction() { return tree.add(.quantity, text: unit, [left]) }
      let fraction = try primary()
      guard let part = properFraction(fraction), whole.value.isInteger, !whole.isDecimal else {
        return tree.add(.product, [left, fraction])
      }
      return tree.add(.mixed, tree.add(Numeral(whole.value + part)))
    case .number:
      guard whole.value.isInteger, !whole.isDecimal else { throw .other }
      let top = try Numeral(token, in: bytes)
      advance()
      if top.value.isInteger {
        guard take(.divide), kind == .number else { throw .other }
        let bottom = try Numeral(token, in: bytes)
        advance()
        guard !top.isDecimal, !bottom.isDecimal, top.value < bottom.value,
          let reciprocal = bottom.value.reciprocal
        else { throw .other }
        return tree.add(.mixed, tree.add(Numeral(whole.value + top.value * reciprocal)))
      }
      guard top.value < Rational(1), !top.isDecimal else { throw .other }
      return tree.add(.mixed, tree.add(Numeral(whole.value + top.value)))
    default: return nil
    }
  }

  private func properFraction(_ node: Int) -> Rational? {
    guard tree.kind(node) == .quotient else { return nil }
    let (top, bottom) = (tree.child(node, 0), tree.child(node, 1))
    guard tree.kind(top) == .number, tree.kind(bottom) == .number else { return nil }
    let (p, q) = (tree.numeral(top), tree.numeral(bottom))
    guard !p.isDecimal, !q.isDecimal, p.value < q.value, let reciprocal = q.value.reciprocal else {
      return nil
    }
    return p.value * reciprocal
  }

  // MARK: Units

  /// The bytes of the token here.
  var run: ArraySlice<UInt8> { bytes[token.start..<token.end] }

  /// Whether the word here is a product of one-letter names.
  var isLetterRun: Bool {
    guard kind == .word, !token.inText else { return false }
    let run = self.run
    if let expected {
      return run.allSatisfy { byte in
        expected.contains(Symbol(code: UInt64(byte))) || byte == UInt8(ascii: "i")
          || byte == UInt8(ascii: "e")
      } && !expected.isEmpty
    }
    let isAlone = tokens.count <= 5 && tokens.dropLast().allSatisfy { $0.kind == .word }
    return run.count <= 3 && Unit.canonical(run) == nil && Words.number(run) == nil
      && !(isAlone && Words.isProse(run))
  }

  /// Whether the token here can only be a unit or noun after a value.
  private var startsUnit: Bool {
    switch kind {
    case .word: return !isLetterRun
    case .letter:
      if token.inText { return true }
      if token.inFont { return Unit.canonical(run) != nil }
      guard let expected else { return startsRate }
      guard token.payload < 0x80 else { return false }
      return expected.isEmpty && Unit.canonical(run) != nil
    default: return false
    }
  }

  /// `m/s` at the end behind a blank, where the names are not known.
  private var startsRate: Bool {
    guard token.spaced, kind(ahead: 1) == .divide, kind(ahead: 2) == .letter,
      kind(ahead: 3) == .end, Unit.canonical(run) != nil
    else { return false }
    let divisor = tokens[position + 2]
    return Unit.canonical(bytes[divisor.start..<divisor.end]) != nil
  }

  /// A value with the words behind it; nil when there are none.
  mutating func units(_ value: Int) throws(Obstacle) -> Int? {
    if kind == .member, kind(ahead: 1) == .word {
      if let based = try inBase(value) { return based }
      // "15 in total": what follows says nothing about the value.
      while [.member, .word, .letter, .and].contains(kind) { advance() }
      return value
    }
    if kind == .openParen, kind(ahead: 1) == .word { return try remark(value) }
    if kind == .fraction, let unit = unitFraction() {
      return tree.add(.quantity, text: unit, [value])
    }
    guard startsUnit else { return nil }
    if kind(ahead: 1) == .word, Unit.isPer(run) {
      let next = tokens[position + 1]
      if Unit.isCent(bytes[next.start..<next.end]) {
        position += 2
        return tree.add(.percent, value)
      }
    }
    if let scale = Words.scale(run) {
      advance()
      let scaled = tree.add(.product, [value, tree.add(Numeral(scale))])
      return try units(scaled) ?? scaled
    }
    if Words.folded(bytes, token.start..<token.end) == Array("base".utf8) {
      advance()
      return try numberInBase(value)
    }
    if let time = meridiem(value) { return time }
    if kind == .word, Words.continuesNumber(run) { throw .other }
    var unit = Unit()
    while true {
      if kind == .word || kind == .letter,
        unit.expectsWord || token.inText || token.inFont || kind == .word
      {
        if Words.changesValue(run) { throw .other }
        if unit.isRate, run.count == 1, Unit.canonical(run) == nil { throw .other }
        unit.take(run)
        advance()
      } else if kind == .caret, kind(ahead: 1) == .number {
        advance()
        unit.raise(try Numeral(token, in: bytes).value)
        advance()
      } else if kind == .caret, kind(ahead: 1) == .openBrace, kind(ahead: 2) == .number,
        kind(ahead: 3) == .closeBrace
      {
        position += 2
        unit.raise(try Numeral(token, in: bytes).value)
        position += 2
      } else if kind == .caret, kind(ahead: 1) == .openBrace, kind(ahead: 2) == .minus,
        kind(ahead: 3) == .number, kind(ahead: 4) == .closeBrace
      {
        position += 3
        unit.raise(-(try Numeral(token, in: bytes).value))
        position += 2
      } else if kind == .divide, kind(ahead: 1) == .word || kind(ahead: 1) == .letter {
        advance()
        unit.divide()
      } else if kind == .minus, kind(ahead: 1) == .word {
        advance()
      } else if kind == .member, token.inText || token.end - token.start == 2 {
        // "15 students in total": what follows says nothing about the value.
        while [.member, .word, .letter, .and].contains(kind) { advance() }
      } else {
        break
      }
    }
    if unit.isUnfinished { throw .other }
    if unit.isEmpty { return value }
    if tree.kind(value) == .quantity {
      guard tree.text(value) == unit.name else { throw .other }
      return value
    }
    return tree.add(.quantity, text: unit.name, [value])
  }

  /// `60 / hour` after a value with a unit, as in `60 km/h`.
  mutating func rateUnit(_ value: Int) throws(Obstacle) -> Int? {
    guard tree.kind(value) == .quantity, kind(ahead: 1) == .word || kind(ahead: 1) == .letter
    else { return nil }
    advance()
    var unit = Unit()
    unit.take(run)
    advance()
    let name = tree.text(value) + [UInt8(ascii: "/")] + unit.name
    return tree.add(.quantity, text: name, [tree.child(value, 0)])
  }

  /// The unit of the sign or code of a currency here.
  var currency: [UInt8]? {
    switch kind {
    case .currency: Array(Symbol(code: token.payload).description.utf8)
    case .word where kind(ahead: 1) == .number: Unit.currency(run).map { Array($0.utf8) }
    default: nil
    }
  }

  /// An amount behind its currency.
  mutating func money(_ unit: [UInt8]) throws(Obstacle) -> Int {
    advance()
    let isNegative = take(.minus)
    var value = try power()
    if let mixed = try mixedNumber(value) { value = mixed }
    if isNegative { value = tree.add(.negative, value) }
    if kind == .word, let scale = Words.scale(run) {
      advance()
      value = tree.add(.product, [value, tree.add(Numeral(scale))])
    }
    let quantity = tree.add(.quantity, text: unit, [value])
    if kind == .divide, let rate = try rateUnit(quantity) { return rate }
    if startsUnit {
      if Unit.canonical(run).map({ Array($0.utf8) }) == unit {
        advance()
        return quantity
      }
      if Words.folded(bytes, token.start..<token.end) == Array("per".utf8) {
        return try rateUnit(quantity) ?? quantity
      }
    }
    return quantity
  }

  /// `5 (five)`: words in brackets behind a value say it again; nil when they are a factor.
  private mutating func remark(_ value: Int) throws(Obstacle) -> Int? {
    let start = position
    advance()
    if isLetterRun {
      position = start
      return nil
    }
    while kind == .word || kind == .letter || kind == .and { advance() }
    guard take(.closeParen) else {
      position = start
      return nil
    }
    return value
  }

  /// `\frac{\text{km}}{\text{h}}` behind a value.
  private mutating func unitFraction() -> [UInt8]? {
    guard kind(ahead: 1) == .openBrace, kind(ahead: 3) == .closeBrace,
      kind(ahead: 4) == .openBrace, kind(ahead: 6) == .closeBrace
    else { return nil }
    var unit = Unit()
    for (offset, isLast) in [(2, false), (5, true)] {
      let word = tokens[position + offset]
      guard word.inText || word.inFont, word.kind == .word || word.kind == .letter else {
        return nil
      }
      unit.take(bytes[word.start..<word.end])
      if !isLast { unit.divide() }
    }
    position += 7
    return unit.name
  }

  private mutating func inBase(_ value: Int) throws(Obstacle) -> Int? {
    guard kind(ahead: 1) == .word else { return nil }
    let next = tokens[position + 1]
    guard Words.folded(bytes, next.start..<next.end) == Array("base".utf8) else { return nil }
    position += 2
    return try numberInBase(value)
  }

  private mutating func numberInBase(_ value: Int) throws(Obstacle) -> Int {
    let node = try primary()
    guard tree.kind(node) == .number, let radix = tree.numeral(node).value.numerator.word,
      2...36 ~= radix, tree.kind(value) == .number
    else { throw .other }
    return try based(value, radix)
  }
}
