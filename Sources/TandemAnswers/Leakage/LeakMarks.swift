/// Marks tokens by what stands around them: exponents and indices, answer statements and boxes.
struct LeakMarks {
  /// Whether there are exponents, subscripts or roots.
  var hasScripts = false
  /// Whether a word or mark announces an answer.
  var hasStatements = false
  var hasBoxes = false

  func set(in tokens: inout [LeakToken]) {
    if hasScripts { Self.scripts(&tokens) }
    if hasStatements { Self.statements(&tokens) }
    if hasBoxes { Self.boxes(&tokens) }
  }

  /// Exponents, subscripts and the degree of a root are no values of the text.
  private static func scripts(_ tokens: inout [LeakToken]) {
    var index = 0
    while index < tokens.count {
      let kind = tokens[index].kind
      let isIndex =
        kind == .command && tokens[index].code == LeakCommand.squareRoot
        && index + 1 < tokens.count && tokens[index + 1].kind == .openBracket
      guard kind == .caret || kind == .underscore || isIndex else {
        index += 1
        continue
      }
      index += 1
      if isIndex {
        index = mark(&tokens, from: index, .openBracket, .closeBracket)
      } else {
        if index < tokens.count, tokens[index].kind == .minus || tokens[index].kind == .plus {
          tokens[index].isScript = true
          index += 1
        }
        if index < tokens.count {
          switch tokens[index].kind {
          case .openBrace: index = mark(&tokens, from: index, .openBrace, .closeBrace)
          case .openParen: index = mark(&tokens, from: index, .openParen, .closeParen)
          case .newline: break
          default:
            tokens[index].isScript = true
            index += 1
          }
        }
      }
    }
  }

  private static func mark(
    _ tokens: inout [LeakToken], from start: Int, _ open: LeakToken.Kind, _ close: LeakToken.Kind
  ) -> Int {
    var depth = 0
    var index = start
    while index < tokens.count, index - start < 200, tokens[index].kind != .newline {
      if tokens[index].kind == open { depth += 1 }
      if tokens[index].kind == close { depth -= 1 }
      tokens[index].isScript = true
      index += 1
      if depth == 0 { return index }
    }
    // Never closed: nothing is hidden.
    for place in start..<index { tokens[place].isScript = false }
    return start + 1
  }

  /// "The answer is ...", "answer: ...", `#### ...`, `<answer>...`.
  private static func statements(_ tokens: inout [LeakToken]) {
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .marker {
        index = state(&tokens, from: index + 1, endsAtStop: false)
        continue
      }
      if token.role == .answer, let start = valueStart(tokens, index + 1) {
        index = state(&tokens, from: start, endsAtStop: true)
        continue
      }
      index += 1
    }
  }

  private static func valueStart(_ tokens: [LeakToken], _ start: Int) -> Int? {
    for index in start..<min(start + 8, tokens.count) {
      switch tokens[index].kind {
      case .colon, .equals: return index + 1
      case .word:
        if tokens[index].role == .verb { return index + 1 }
      case .stop, .newline, .comma, .semicolon: return nil
      default: break
      }
    }
    return nil
  }

  private static func state(
    _ tokens: inout [LeakToken], from start: Int, endsAtStop: Bool
  ) -> Int {
    var index = start
    // A value may stand on the next line.
    while index < tokens.count, tokens[index].kind == .newline { index += 1 }
    while index < tokens.count, tokens[index].kind != .newline {
      if endsAtStop, tokens[index].kind == .stop { break }
      tokens[index].isStated = true
      index += 1
    }
    return max(index, start)
  }

  private static func boxes(_ tokens: inout [LeakToken]) {
    var index = 0
    var open: [Int] = []
    var depth = 0
    while index < tokens.count {
      switch tokens[index].kind {
      case .openBox:
        open.append(depth)
        depth += 1
      case .openBrace: depth += 1
      case .closeBrace:
        if depth > 0 { depth -= 1 }
        if open.last == depth { open.removeLast() }
      case .newline
      where depth > 0 && index + 1 < tokens.count
        && tokens[index + 1].kind == .newline:
        (open, depth) = ([], 0)
      default: break
      }
      if !open.isEmpty { tokens[index].isStated = true }
      index += 1
    }
  }
}
