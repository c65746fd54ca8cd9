internal import TandemAnswers

/// Tells the end of a sentence from the other uses of its mark: decimals, abbreviations, ellipses, factorials.
struct SentenceEnd {
  let bytes: [UInt8]
  /// The end of the line, or of the formulas that run over it.
  let end: Int

  /// Where the sentence with a mark at `index` ends, behind closing quotes, brackets and marks of emphasis.
  ///
  /// - Parameter start: where the sentence begins
  func end(at index: Int, from start: Int) -> Int? {
    let mark = bytes[index]
    if mark >= 0x80 {
      let isWide =
        bytes.holds("\u{3002}", at: index) || bytes.holds("\u{FF01}", at: index)
        || bytes.holds("\u{FF1F}", at: index)
      return isWide ? closers(index + 3) : nil
    }
    guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: "!") || mark == UInt8(ascii: "?")
    else { return nil }
    let stop = closers(index + 1)
    guard stop < end else { return stop }
    guard [UInt8].isBlank(bytes[stop]) else { return nil }
    var next = stop
    while next < end, [UInt8].isBlank(bytes[next]) { next += 1 }
    guard next < end else { return stop }
    if isLower(bytes[next]) { return nil }
    switch mark {
    case UInt8(ascii: "."):
      if isEllipsis(index, from: start) || isLabel(index, from: start) { return nil }
      return isAbbreviation(index, from: start, before: bytes[next]) ? nil : stop
    case UInt8(ascii: "!"):
      let isFactorial = isOperand(index - 1, from: start) && !isUpper(bytes[next])
      return isFactorial ? nil : stop
    default: return stop
    }
  }

  /// Whether a sentence ends behind a formula that ends with a full stop: a capital, a formula or nothing follows.
  func end(behindFormula index: Int) -> Int? {
    let stop = closers(index)
    var next = stop
    while next < end, [UInt8].isBlank(bytes[next]) { next += 1 }
    guard next < end else { return stop }
    let isStart =
      isUpper(bytes[next]) || next > stop && (bytes[next] == 0x24 || bytes[next] == 0x5C)
    return isStart ? stop : nil
  }

  private func closers(_ start: Int) -> Int {
    var index = start
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"),
        UInt8(ascii: "}"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"):
        index += 1
      case 0xE2 where bytes.holds("\u{201D}", at: index) || bytes.holds("\u{2019}", at: index):
        index += 3
      default: return index
      }
    }
    return end
  }

  private func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  private func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private func isEllipsis(_ index: Int, from start: Int) -> Bool {
    index > start && bytes[index - 1] == UInt8(ascii: ".")
  }

  /// Whether an operand of a factorial ends here: a number, a bracket, a letter alone.
  private func isOperand(_ index: Int, from start: Int) -> Bool {
    guard index >= start else { return false }
    if isDigit(bytes[index]) || bytes[index] == UInt8(ascii: ")") { return true }
    return bytes.isWordByte(at: index) && (index == start || !bytes.isWordByte(at: index - 1))
  }

  /// Whether the sentence so far is the label of what follows, such as a number, "Step 2" or "Case B".
  private func isLabel(_ index: Int, from start: Int) -> Bool {
    guard index - start <= 24 else { return false }
    let words = bytes[start..<index].split { !([UInt8].isLetterOrDigit($0)) }
    guard words.count <= 2, let last = words.last else { return false }
    let isNumber = last.allSatisfy(isDigit)
    guard words.count == 2, let first = words.first else { return isNumber }
    return (isNumber || last.count == 1) && Self.labels.contains(Self.folded(first))
  }

  private static let labels: Set<String> = [
    "step", "case", "part", "method", "option", "solution", "approach", "claim", "question",
    "problem", "day", "stage", "phase",
  ]

  // MARK: Abbreviations

  private func isAbbreviation(_ index: Int, from start: Int, before next: UInt8) -> Bool {
    var first = index
    while first > start, index - first < 8,
      [UInt8].isLetterOrDigit(bytes[first - 1]) || bytes[first - 1] == UInt8(ascii: ".")
    {
      first -= 1
    }
    let word = Self.folded(bytes[first..<index])
    if Self.always.contains(word) { return true }
    let isNumbered = isDigit(next) || next == UInt8(ascii: "(") || next == UInt8(ascii: "$")
    return isNumbered && Self.beforeNumbers.contains(word)
  }

  private static func folded(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static let always: Set<String> = [
    "e.g", "i.e", "eg", "ie", "mr", "mrs", "ms", "dr", "prof", "vs", "cf", "approx", "ca", "viz",
    "st", "mt", "w.r.t", "a.k.a", "u.s", "u.k", "resp",
  ]

  /// Names and units that go on with a number, as figures and feet do.
  private static let beforeNumbers: Set<String> = [
    "no", "nos", "fig", "figs", "eq", "eqs", "eqn", "sec", "ch", "vol", "p", "pp", "thm", "lem",
    "prop", "def", "ex", "al", "etc", "ft", "in", "lb", "lbs", "oz", "hr", "hrs", "min", "yd",
    "yds", "mi", "gal", "qt", "tsp", "tbsp", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "est", "avg", "max",
  ]
}

extension [UInt8] {
  fileprivate static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }
}
