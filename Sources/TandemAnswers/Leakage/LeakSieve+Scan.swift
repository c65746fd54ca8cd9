/// The scan of one line: words, digits and signs, as bytes.
extension LeakSieve {
  /// What a scan has seen so far.
  struct Signs: OptionSet {
    var rawValue: UInt16

    /// Something that may be the answer.
    static let state = Signs(rawValue: 1 << 0)
    static let number = Signs(rawValue: 1 << 1)
    static let operation = Signs(rawValue: 1 << 2)
    /// A word that multiplies; only with a part or percent it makes a small number.
    static let scale = Signs(rawValue: 1 << 3)
    /// A word that divides.
    static let part = Signs(rawValue: 1 << 4)
    static let percent = Signs(rawValue: 1 << 5)
    /// A number word above one, of which parts may make a whole.
    static let count = Signs(rawValue: 1 << 6)
    /// A word that announces an answer, which may stand on the next line.
    static let announcement = Signs(rawValue: 1 << 7)
    /// Markup that may reach over lines.
    static let spansLines = Signs(rawValue: 1 << 8)

    func mayHold(derivable: Bool) -> Bool {
      contains(.state) || contains(.scale) && !isDisjoint(with: [.part, .percent])
        || isSuperset(of: [.part, .count])
        || derivable && isSuperset(of: [.number, .operation])
    }
  }

  /// Reads a line with its end; whether it is blank.
  func scanLine(
    _ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int, _ signs: inout Signs
  ) -> Bool {
    var isBlank = true
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 {
        index += 1
      } else if Self.isLetter(byte) {
        isBlank = false
        let start = index
        let raw = UnsafeRawBufferPointer(bytes)
        index += raw.letterCount(from: start)
        guard watched.mayHold(first: byte, length: index - start) else { continue }
        word(LeakWord.code(raw, start..<index), &signs)
      } else if byte &- 0x30 < 10 {
        isBlank = false
        index = digits(bytes, from: index, &signs)
        signs.insert(.number)
      } else if byte == 0x0A {
        index += 1
        break
      } else {
        sign(bytes, index, &signs)
        index += 1
      }
    }
    return isBlank
  }

  /// Notes what an operator or fraction may begin with.
  private func sign(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ signs: inout Signs) {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "-"):
      signs.insert(.operation)
      return
    case UInt8(ascii: "%"):
      signs.insert(.percent)
      // %41, as in an address, takes digits from the number behind it.
      if index + 1 < bytes.count, Self.isHex(bytes[index + 1]) { signs.insert(.state) }
      return
    case UInt8(ascii: "#"):
      signs.insert(.spansLines)
      return
    case UInt8(ascii: "\\"): signs.insert(.spansLines)
    case UInt8(ascii: "<"):
      // A tag, not a comparison or calculation.
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if Self.isLetter(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") {
        signs.insert(.spansLines)
      }
    case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "^"),
      UInt8(ascii: "!"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      break
    case 0x80...: signs.insert(.number)
    default: return
    }
    signs.insert(.operation)
    // `/`, `\frac`, `÷` and the characters of fractions.
    if allowsFractions { signs.insert(.state) }
  }

  /// Reads digits with whatever may separate groups of them; the index behind them.
  private func digits(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ signs: inout Signs
  ) -> Int {
    var index = start
    var (whole, significant) = (UInt64(0), UInt64(0))
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      let digit = UInt64(bytes[index] &- 0x30)
      // Of more digits than a word holds this is no value, and is not used as one.
      whole = whole &* 10 &+ digit
      if digit != 0 { significant = whole }
      index += 1
    }
    if index - start <= Self.maximumDigits, Self.separatorEnd(bytes, index) == nil {
      for number in numbers where number == significant { signs.insert(.state) }
      return index
    }
    for number in numbers { index = groups(bytes, from: start, number, &signs) }
    return index
  }

  /// Reads groups of digits, of which any that follow each other may be one numeral.
  private func groups(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ number: UInt64, _ signs: inout Signs
  ) -> Int {
    var first = start
    var end = start
    // Numerals begin and end where groups do; from each group on, all longer ones are tried.
    while true {
      var (index, whole, significant) = (first, UInt64(0), UInt64(0))
      var count = 0
      var next: Int?
      while true {
        let group = index
        while index < bytes.count, bytes[index] &- 0x30 < 10 {
          let digit = UInt64(bytes[index] &- 0x30)
          count += 1
          whole = whole &* 10 &+ digit
          if digit != 0 { significant = whole }
          index += 1
        }
        // What is too long to tell is taken for the answer.
        if count > Self.maximumDigits || significant == number { signs.insert(.state) }
        let behind = Self.separatorEnd(bytes, index)
        if group == first { next = behind }
        guard let behind, !signs.contains(.state) else { break }
        index = behind
      }
      end = max(end, index)
      guard let next, !signs.contains(.state) else { break }
      first = next
    }
    // What is left of the groups is read on its own.
    return max(end, start + 1)
  }

  /// The first digit behind a mark that may stand inside a numeral.
  private static func separatorEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var index = start
    func byte() -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    switch byte() {
    case UInt8(ascii: "."): index += 1
    case UInt8(ascii: ","):
      index += 1
      if byte() == UInt8(ascii: "\\") { index += 2 }
    case UInt8(ascii: "{"): index += 3
    case UInt8(ascii: "\\"), 0xC2: index += 2
    default: return nil
    }
    return byte() &- 0x30 < 10 ? index : nil
  }

  private func word(_ code: UInt64, _ signs: inout Signs) {
    if words.contains(code) { signs.insert(.state) }
    guard let word = table[code] else {
      if code == squareRoot || code == timesLetter { signs.insert(.operation) }
      if repeats.contains(code) { signs.insert(.state) }
      return
    }
    switch word.role {
    case .small, .ten:
      signs.insert(.number)
      if word.value > 1 { signs.insert(.count) }
      if allowsFractions || wordValues.contains(word.value) { signs.insert(.state) }
    case .dozen: signs.insert(.state)
    case .hundred, .scale:
      signs.insert(.number)
      if isLarge || allowsFractions { signs.insert(.state) } else { signs.insert(.scale) }
    case .denominator, .denominators:
      signs.insert(.operation)
      if allowsFractions { signs.insert(.state) } else { signs.insert(.part) }
    case .percent, .cent: signs.insert(.percent)
    case .answer: signs.insert(.announcement)
    case .plus, .minus, .times, .divided, .multiplied, .twice, .sum, .difference, .product,
      .quotient, .squared, .of:
      signs.insert(.operation)
      if allowsFractions, word.role == .divided || word.role == .quotient { signs.insert(.state) }
    default: break
    }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
