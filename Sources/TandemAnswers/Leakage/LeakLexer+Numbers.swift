/// Numerals, and digits that are none.
extension LeakLexer {
  mutating func number() {
    let start = position
    if date() { return }
    var group = skipDigits()
    let leading = group
    if leading <= 3 {
      while group > 0, let next = separatedGroup() {
        position = next
        group = 3
      }
    }
    var hasPoint = false
    if byte(position) == UInt8(ascii: "."), isDigit(position + 1) {
      hasPoint = true
      position += 1
      _ = skipDigits()
      // 1.12.3
      if byte(position) == UInt8(ascii: "."), isDigit(position + 1) {
        while isDigit(position) || byte(position) == UInt8(ascii: ".") && isDigit(position + 1) {
          position += 1
        }
        return emit(.identifier, start)
      }
    }
    if repeatingPart(hasPoint) { return emit(.number, start, code: LeakToken.repeating) }
    if clock(start, leading) { return emit(.clock, start) }
    exponentPart()
    if isLetter(position), isOrdinalOrName(start) { return emit(.identifier, start) }
    emit(.number, start, code: plainValue(start))
  }

  /// The code of a numeral: of plain digits their value, else 0.
  private func plainValue(_ start: Int) -> UInt64 {
    guard position - start <= 18 else { return 0 }
    var value: UInt64 = 0
    for index in start..<position {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return 0 }
      value = value &* 10 &+ UInt64(digit)
    }
    return value &+ LeakToken.numberBase
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while isDigit(position) { position += 1 }
    return position - start
  }

  /// The end of the group of three digits behind a thousands separator.
  private func separatedGroup() -> Int? {
    var index = position
    switch byte(index) {
    case UInt8(ascii: ","):
      index += 1
      if byte(index) == UInt8(ascii: "\\"), byte(index + 1) == UInt8(ascii: "!") { index += 2 }
    case UInt8(ascii: "{"):
      guard byte(index + 1) == UInt8(ascii: ","), byte(index + 2) == UInt8(ascii: "}") else {
        return nil
      }
      index += 3
    case UInt8(ascii: "\\"):
      guard byte(index + 1) == UInt8(ascii: ",") else { return nil }
      index += 2
    case 0xC2:
      guard byte(index + 1) == 0xA0 else { return nil }
      index += 2
    default: return nil
    }
    guard isDigit(index), isDigit(index + 1), isDigit(index + 2), !isDigit(index + 3) else {
      return nil
    }
    return index + 3
  }

  /// Takes `\overline{3}` behind a point.
  private mutating func repeatingPart(_ hasPoint: Bool) -> Bool {
    var index = position
    if !hasPoint {
      guard byte(index) == UInt8(ascii: "."), byte(index + 1) == UInt8(ascii: "\\") else {
        return false
      }
      index += 1
    }
    if bytes.holds("\\overline{", at: index) {
      index += 10
    } else if bytes.holds("\\bar{", at: index) {
      index += 5
    } else {
      return false
    }
    let digits = index
    while isDigit(index) { index += 1 }
    guard index > digits, byte(index) == UInt8(ascii: "}") else { return false }
    position = index + 1
    return true
  }

  /// Takes the minutes of 12:30.
  private mutating func clock(_ start: Int, _ leading: Int) -> Bool {
    guard leading <= 2, position - start == leading, byte(position) == UInt8(ascii: ":"),
      isDigit(position + 1), isDigit(position + 2), !isDigit(position + 3)
    else { return false }
    position += 3
    if byte(position) == UInt8(ascii: ":"), isDigit(position + 1), isDigit(position + 2) {
      position += 3
    }
    return true
  }

  /// Takes 2024-05-01 and 12/05/2024.
  private mutating func date() -> Bool {
    let start = position
    guard let (first, mark) = datePart(start),
      mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/"),
      byte(start - 1) != UInt8(ascii: "/"), let (second, other) = datePart(start + first + 1),
      other == mark, let (third, _) = datePart(start + first + second + 2)
    else { return false }
    let isDate =
      mark == UInt8(ascii: "-")
      ? (first, second, third) == (4, 2, 2) : first <= 2 && second <= 2 && third == 4
    let index = start + first + second + third + 2
    guard isDate, !isDigit(index) else { return false }
    position = index
    emit(.identifier, start)
    return true
  }

  /// How many digits, up to four, stand at a place, and the byte behind them; nil for none.
  private func datePart(_ start: Int) -> (count: Int, mark: UInt8)? {
    var index = start
    while index - start < 4, isDigit(index) { index += 1 }
    return index == start ? nil : (index - start, byte(index))
  }

  private mutating func exponentPart() {
    guard byte(position) | 0x20 == UInt8(ascii: "e") else { return }
    var index = position + 1
    if byte(index) == UInt8(ascii: "-") || byte(index) == UInt8(ascii: "+") { index += 1 }
    guard isDigit(index) else { return }
    while isDigit(index) { index += 1 }
    if !isLetter(index) { position = index }
  }

  /// Takes the letters of 5th and of 2b3, which make the digits no number.
  private mutating func isOrdinalOrName(_ start: Int) -> Bool {
    var index = position
    while isLetter(index) { index += 1 }
    let suffix = index - position
    if suffix == 2 {
      for ending: StaticString in ["st", "nd", "rd", "th"]
      where bytes.holds(ending, at: position, anyCase: true) {
        position = index
        return true
      }
    }
    let isHex =
      suffix > 1 && bytes[start] == 0x30 && position - start == 1
      && byte(position) | 0x20 == UInt8(ascii: "x")
    let isTimes = suffix == 1 && byte(position) | 0x20 == UInt8(ascii: "x") && bytes[start] != 0x30
    guard isDigit(index) && !isTimes || isHex else { return false }
    while isLetter(index) || isDigit(index) { index += 1 }
    position = index
    return true
  }
}
