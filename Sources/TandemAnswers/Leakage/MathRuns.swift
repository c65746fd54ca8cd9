/// The stretches of a text that can be read as mathematics, and their parts.
///
/// A part is a run, a side of an equation, the inside of brackets with or without them, or a list
/// joined by commas and "and". Their number and total length are linear in the text.
struct MathRuns {
  /// The longest part that is compared.
  private static let longest = 160
  private static let maximumNesting = 6

  let reading: LeakReading
  /// Parts that may be one value.
  private(set) var values: [Range<Int>] = []
  /// Parts that may be values together: a list, a group in brackets, conditions.
  private(set) var lists: [Range<Int>] = []

  init(_ reading: LeakReading) {
    self.reading = reading
    var index = 0
    var runs: [Range<Int>] = []
    while index < reading.tokens.count {
      guard isMath(index) else {
        index += 1
        continue
      }
      let start = index
      var depth = 0
      while index < reading.tokens.count, isMath(index) || isSeparator(index) && depth > 0 {
        switch reading.tokens[index].kind {
        case .openParen, .openBracket, .openSet, .openBrace, .openBox: depth += 1
        case .closeParen, .closeBracket, .closeSet, .closeBrace: depth -= 1
        default: break
        }
        index += 1
      }
      runs.append(start..<index)
    }
    for run in runs { addParts(run) }
    addLists(runs)
  }

  private func isSeparator(_ index: Int) -> Bool {
    switch reading.tokens[index].kind {
    case .comma, .semicolon, .ampersand, .newRow: true
    case .newline: reading.reader.kind(index + 1) != .newline
    default: false
    }
  }

  private func isMath(_ index: Int) -> Bool {
    let token = reading.tokens[index]
    switch token.kind {
    case .number, .vulgar, .command, .plus, .minus, .times, .divide, .caret, .underscore, .bang,
      .percent, .degree, .root, .equals, .relation, .cup, .openParen, .closeParen, .openBracket,
      .closeBracket, .openBrace, .closeBrace, .openSet, .closeSet, .superscript, .infinity, .pi,
      .clock, .openBox:
      return true
    case .colon:
      return reading.reader.kind(index - 1) == .number && reading.reader.kind(index + 1) == .number
    case .word:
      guard token.range.count == 1 else { return Self.names.contains(token.code) }
      // The article is no name.
      let byte = reading.bytes[Int(token.start)]
      guard byte == UInt8(ascii: "a") || byte == UInt8(ascii: "I") || byte == UInt8(ascii: "A")
      else {
        return true
      }
      return reading.reader.kind(index + 1) != .word || reading.reader.isTight(index + 1)
    case .identifier:
      // x1 as a product never occurs; a2 is a name.
      return false
    default: return false
    }
  }

  private static let names: Set<UInt64> = Set(
    ["sin", "cos", "tan", "cot", "log", "ln", "sqrt", "pi", "exp", "infinity", "union"].map {
      LeakWord.code($0)
    })

  private mutating func addValue(_ range: Range<Int>) {
    let range = trimmed(range)
    guard !range.isEmpty, range.count <= Self.longest else { return }
    values.append(range)
  }

  private mutating func addList(_ range: Range<Int>) {
    let range = trimmed(range)
    guard !range.isEmpty, range.count <= Self.longest else { return }
    lists.append(range)
  }

  /// Without marks at both ends that belong to the sentence.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (first, last) = (range.lowerBound, range.upperBound)
    while first < last {
      switch reading.tokens[first].kind {
      case .equals, .relation, .comma, .semicolon, .bang, .openBox, .newline, .colon: first += 1
      case .closeParen, .closeBracket, .closeBrace, .closeSet: first += 1
      default:
        guard last - first > 1 || reading.tokens[first].kind == .openBrace else {
          return first..<last
        }
        switch reading.tokens[last - 1].kind {
        case .equals, .relation, .comma, .semicolon, .minus, .plus, .openParen, .openBracket,
          .openBrace, .openSet, .newline, .colon:
          last -= 1
        case .closeBrace, .closeParen:
          // The brace of a box around the run.
          if balance(first..<last) < 0 { last -= 1 } else { return first..<last }
        default:
          if balance(first..<last) > 0, isOpening(first) { first += 1 } else { return first..<last }
        }
      }
    }
    return first..<last
  }

  private func isOpening(_ index: Int) -> Bool {
    switch reading.tokens[index].kind {
    case .openBrace, .openParen: true
    default: false
    }
  }

  private func balance(_ range: Range<Int>) -> Int {
    guard range.count <= 2 * Self.longest else { return 0 }
    var depth = 0
    for index in range {
      switch reading.tokens[index].kind {
      case .openParen, .openBracket, .openSet, .openBrace, .openBox: depth += 1
      case .closeParen, .closeBracket, .closeSet, .closeBrace: depth -= 1
      default: break
      }
    }
    return depth
  }

  /// The sides and brackets of a run.
  private mutating func addParts(_ run: Range<Int>) {
    addValue(run)
    addList(run)
    var open: [Int] = []
    var side = run.lowerBound
    var sides: [Range<Int>] = []
    for index in run {
      switch reading.tokens[index].kind {
      case .openParen, .openBracket, .openSet, .openBrace, .openBox: open.append(index)
      case .closeParen, .closeBracket, .closeSet, .closeBrace:
        guard let start = open.popLast() else {
          side = index + 1
          continue
        }
        guard open.count < Self.maximumNesting else { continue }
        if reading.tokens[start].kind != .openBrace {
          addValue((start + 1)..<index)
          if isWholeGroup(start, index) { addList(start..<(index + 1)) }
        }
      case .equals:
        sides.append(side..<index)
        side = index + 1
      case .relation:
        // x \in S
        if reading.tokens[index].code == Self.member || reading.tokens[index].range.count == 3 {
          addList((index + 1)..<run.upperBound)
        }
      default: break
      }
    }
    guard !sides.isEmpty || side > run.lowerBound else { return }
    sides.append(side..<run.upperBound)
    for side in sides where side.count < run.count {
      addValue(side)
      addList(side)
    }
  }

  private static let member = LeakWord.code("in")

  /// Whether a group in brackets is no member of a union and no argument of a product.
  private func isWholeGroup(_ open: Int, _ close: Int) -> Bool {
    switch reading.reader.kind(close + 1) {
    case .cup, .caret, .times, .plus, .minus, .divide, .superscript: return false
    default: break
    }
    switch reading.reader.kind(open - 1) {
    case .cup, .times, .divide, .plus: return false
    case .openParen, .openBracket, .openSet: return false
    case .comma: return reading.reader.kind(close + 1) != .closeParen
    default: return true
    }
  }

  /// Runs joined by commas, "and", "or": as long as it goes on, since a part of a list is none.
  private mutating func addLists(_ runs: [Range<Int>]) {
    var index = 0
    while index < runs.count {
      var last = index
      while last + 1 < runs.count, isJoined(runs[last].upperBound, runs[last + 1].lowerBound) {
        last += 1
      }
      if last > index { addList(runs[index].lowerBound..<runs[last].upperBound) }
      index = last + 1
    }
  }

  private func isJoined(_ start: Int, _ end: Int) -> Bool {
    guard end - start <= 3, start < end else { return false }
    for index in start..<end {
      switch reading.tokens[index].kind {
      case .comma, .semicolon, .ampersand: break
      case .word:
        switch reading.reader.role(index) {
        case .and, .or, .to: break
        default: return false
        }
      default: return false
      }
    }
    return true
  }
}
