/// Numbers, letters and characters beyond ASCII.
extension Lexer {
  // MARK: Numbers

  /// A maximal numeral with its thousands separators and decimal part.
  mutating func number() {
    let start = position
    var group = skipDigits()
    while group > 0, let next = separatedGroup(after: group) {
      position = next
      group = 3
    }
    if byte(at: position) == UInt8(ascii: "."), isDigit(byte(at: position + 1)) {
      position += 1
      _ = skipDigits()
    }
    exponentPart()
    // Digits of a base above ten: 152A_{11}.
    var probe = position
    while Integer.digit(byte(at: probe)) != nil { probe += 1 }
    if probe > position, byte(at: probe) == UInt8(ascii: "_") { position = probe }
    emit(.number, start)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while isDigit(byte(at: position)) { position += 1 }
    return position - start
  }

  private func hasThreeDigits(_ index: Int) -> Bool {
    isDigit(byte(at: index)) && isDigit(byte(at: index + 1)) && isDigit(byte(at: index + 2))
      && !isDigit(byte(at: index + 3))
  }

  /// The end of the next group of three digits, if a thousands separator stands before it.
  private func separatedGroup(after group: Int) -> Int? {
    guard group <= 3 else { return nil }
    var index = position
    var isFirm = false
    switch byte(at: index) {
    case UInt8(ascii: ","):
      index += 1
      var probe = index
      while byte(at: probe) == 0x20 { probe += 1 }
      while byte(at: probe) == UInt8(ascii: "\\"),
        byte(at: probe + 1) == UInt8(ascii: "!") || byte(at: probe + 1) == UInt8(ascii: ",")
      {
        isFirm = isFirm || byte(at: probe + 1) == UInt8(ascii: "!")
        probe += 2
        while byte(at: probe) == 0x20 { probe += 1 }
      }
      if isFirm { index = probe }
    case UInt8(ascii: "{") where byte(at: index + 1) == UInt8(ascii: ","):
      guard byte(at: index + 2) == UInt8(ascii: "}") else { return nil }
      index += 3
      isFirm = true
    case UInt8(ascii: "\\") where byte(at: index + 1) == UInt8(ascii: ","):
      index += 2
      isFirm = true
    case 0x20:
      switch tokens.last?.kind {
      case .underscore?, .caret?, .fraction?, .root?: return nil
      default: index += 1
      }
      // 59 205/256 is a mixed number.
      if byte(at: index + 3) == UInt8(ascii: "/") { return nil }
    case 0xC2 where byte(at: index + 1) == 0xA0:
      index += 2
    case 0xE2 where byte(at: index + 1) == 0x80:
      guard byte(at: index + 2) == 0x89 || byte(at: index + 2) == 0xAF else { return nil }
      index += 3
    default: return nil
    }
    if !isFirm && (bracketDepth > 0 || splitsCommas) { return nil }
    return hasThreeDigits(index) ? index + 3 : nil
  }

  private mutating func exponentPart() {
    guard byte(at: position) | 0x20 == UInt8(ascii: "e") else { return }
    var probe = position + 1
    if byte(at: probe) == UInt8(ascii: "-") || byte(at: probe) == UInt8(ascii: "+") { probe += 1 }
    guard isDigit(byte(at: probe)) else { return }
    while isDigit(byte(at: probe)) { probe += 1 }
    if !isLetter(byte(at: probe)) { position = probe }
  }

  // MARK: Letters

  /// A word in prose; a name, function or word in mathematics.
  mutating func letters() {
    let start = position
    while isLetter(byte(at: position)) { position += 1 }
    let isMeridiem =
      position - start == 1 && byte(at: position) == UInt8(ascii: ".")
      && byte(at: position + 1) | 0x20 == UInt8(ascii: "m") && !isLetter(byte(at: position + 2))
    if textDepth > 0 || position - start > 1 || isMeridiem {
      joinAbbreviation(start)
      let run = bytes[start..<position]
      if let kind = Self.keyword(run) {
        emit(kind == .member && endsQuantity(run, mayBeRaised: true) ? .word : kind, start)
      } else if let function = Function(name: run) {
        let isUnit = endsQuantity(run, mayBeRaised: false)
        emit(isUnit ? .word : .function, start, payload: isUnit ? 0 : function.rawValue)
      } else {
        emit(.word, start)
      }
      return
    }
    emit(.letter, start, payload: UInt64(bytes[start]))
  }

  /// Whether "in", "min" or "sec" is a unit here: a value precedes, no set or argument follows.
  private func endsQuantity(_ run: ArraySlice<UInt8>, mayBeRaised: Bool) -> Bool {
    guard let last = tokens.last, last.kind != .letter || last.inText, Unit.canonical(run) != nil
    else { return false }
    var index = position
    while byte(at: index) == 0x20 || byte(at: index) == UInt8(ascii: "}") { index += 1 }
    switch byte(at: index) {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ")"),
      UInt8(ascii: "]"), UInt8(ascii: "/"), UInt8(ascii: "$"):
      return true
    case UInt8(ascii: "^"): return mayBeRaised
    case 0xC2:
      return mayBeRaised && (byte(at: index + 1) == 0xB2 || byte(at: index + 1) == 0xB3)
    case UInt8(ascii: "\\"):
      return byte(at: index + 1) == UInt8(ascii: ")") || byte(at: index + 1) == UInt8(ascii: "]")
    default: return index >= end || bytes.holds("per ", at: index)
    }
  }

  /// Takes `a.m.` and apostrophes into a word.
  private mutating func joinAbbreviation(_ start: Int) {
    while true {
      if byte(at: position) == UInt8(ascii: "."), isLetter(byte(at: position + 1)),
        !isLetter(byte(at: position + 2))
      {
        position += 2
      } else if byte(at: position) == UInt8(ascii: "'"), isLetter(byte(at: position + 1)) {
        position += 1
        while isLetter(byte(at: position)) { position += 1 }
      } else {
        break
      }
    }
  }

  private static func keyword(_ run: ArraySlice<UInt8>) -> Token.Kind? {
    guard run.count <= 8 else { return nil }
    var lower: UInt64 = 0
    for byte in run { lower = lower << 8 | UInt64(byte | 0x20) }
    return keywords[lower]
  }

  private static let keywords: [UInt64: Token.Kind] = {
    let table: [(String, Token.Kind)] = [
      ("and", .and), ("or", .or), ("pi", .pi), ("infinity", .infinity), ("inf", .infinity),
      ("oo", .infinity), ("in", .member), ("union", .cup), ("percent", .percent),
      ("equals", .equals),
      ("is", .equals), ("are", .equals), ("to", .colon),
      ("degrees", .degree), ("degree", .degree), ("deg", .degree), ("mod", .remainder),
      ("minus", .minus), ("negative", .minus), ("choose", .choose),
    ]
    var keywords: [UInt64: Token.Kind] = [:]
    for (name, kind) in table {
      keywords[name.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = kind
    }
    return keywords
  }()

  // MARK: Beyond ASCII

  mutating func unicode() throws(Obstacle) {
    let start = position
    let lead = bytes[position]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    var scalar = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for offset in 1..<length { scalar = scalar << 6 | UInt32(byte(at: position + offset) & 0x3F) }
    position = min(end, position + length)
    if let digit = Self.superscript(scalar) {
      superscript(digit, start)
      return
    }
    switch scalar {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: pendingSpace = true
    case 0x200B...0x200D, 0x2060, 0xFEFF: break
    case 0x2212, 0x2010...0x2014: emit(.minus, start)
    case 0xD7, 0xB7, 0x22C5, 0x2217, 0x2219: emit(.times, start)
    case 0xF7, 0x2215, 0x2044: emit(.divide, start)
    case 0xB1: emit(.plusMinus, start)
    case 0x2213: emit(.minusPlus, start)
    case 0xB0, 0xBA: emit(.degree, start)
    case 0x3C0: emit(.pi, start)
    case 0x221E: emit(.infinity, start)
    case 0x221A: emit(.root, start)
    case 0x221B: emit(.root, start, payload: 3)
    case 0x221C: emit(.root, start, payload: 4)
    case 0x2264: emit(.lessOrEqual, start)
    case 0x2265: emit(.greaterOrEqual, start)
    case 0x2260: emit(.notEqual, start)
    case 0x2248, 0x2261, 0x2243: emit(.equals, start)
    case 0x2208: emit(.member, start)
    case 0x222A: emit(.cup, start)
    case 0x2229: emit(.cap, start)
    case 0x2205: emit(.emptySet, start)
    case 0x211D: emit(.reals, start)
    case 0x2227: emit(.and, start)
    case 0x2228: emit(.or, start)
    case 0x27E8: open(.openAngle, start)
    case 0x27E9: close(.closeAngle, start)
    case 0x230A: emit(.openFloor, start)
    case 0x230B: emit(.closeFloor, start)
    case 0x2308: emit(.openCeiling, start)
    case 0x2309: emit(.closeCeiling, start)
    case 0x2236: emit(.colon, start)
    case 0x2026: emit(.ellipsis, start)
    case 0x20AC: emit(.currency, start, payload: Symbol(name: "euro".utf8).code)
    case 0xA3: emit(.currency, start, payload: Symbol(name: "pound".utf8).code)
    case 0xA2: emit(.word, start)
    case 0x2018, 0x2019, 0x201C, 0x201D: break
    case 0x2705, 0x2713, 0x2714, 0xFE0F: break  // check marks
    case 0xBD, 0xBC, 0xBE, 0x2153...0x215E: emit(.number, start, payload: UInt64(scalar))
    case 0x391...0x3C9: emit(.letter, start, payload: Self.greek(scalar))
    default: throw .other
    }
  }

  /// Greek letters get the names of their LaTeX commands.
  private static func greek(_ scalar: UInt32) -> UInt64 {
    let names: [StaticString] = [
      "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
      "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon",
      "phi", "chi", "psi", "omega",
    ]
    let isCapital = scalar < 0x3B1
    let index = Int(scalar) - (isCapital ? 0x391 : 0x3B1)
    guard names.indices.contains(index) else { return UInt64(scalar) }
    let name = "\(names[index])"
    return Symbol(name: (isCapital ? name.prefix(1).uppercased() + name.dropFirst() : name).utf8)
      .code
  }

  /// An exponent in superscript digits; adjacent ones are one number.
  private mutating func superscript(_ digit: Int, _ start: Int) {
    if let last = tokens.last, last.kind == .number, last.end == start,
      last.payload >= Numeral.plainPayload, last.payload < Numeral.plainPayload + 1_000_000
    {
      let value = (last.payload - Numeral.plainPayload) * 10 + UInt64(digit)
      tokens[tokens.count - 1].payload = Numeral.plainPayload + value
      tokens[tokens.count - 1].end = position
      return
    }
    emit(.caret, start)
    emit(.number, start, payload: Numeral.plainPayload + UInt64(digit))
  }

  private static func superscript(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0xB2: 2
    case 0xB3: 3
    case 0xB9: 1
    case 0x2070, 0x2074...0x2079: Int(scalar) - 0x2070
    default: nil
    }
  }
}
