/// Commands of LaTeX and the groups behind them.
extension Lexer {
  mutating func command() throws(Obstacle) {
    let start = position
    position += 1
    let first = byte(at: position)
    guard isLetter(first) else {
      position += 1
      switch first {
      case UInt8(ascii: "{"):
        bracketDepth += 1
        braces.append(.set)
        emit(.openSet, start)
      case UInt8(ascii: "}"):
        if bracketDepth > 0 { bracketDepth -= 1 }
        if braces.last == .set { braces.removeLast() }
        emit(.closeSet, start)
      // Text that was escaped once more writes its commands with two.
      case UInt8(ascii: "\\") where matrixDepth == 0 && isLetter(byte(at: position)):
        position -= 1
        try command()
      case UInt8(ascii: "\\"):
        emit(.newRow, start)
        skipRowGap()
      case UInt8(ascii: "%"): emit(.percent, start)
      case UInt8(ascii: "$"):
        emit(.currency, start, payload: Symbol(name: "dollar".utf8).code)
      case UInt8(ascii: "|"): emit(.doubleBar, start)
      case UInt8(ascii: "!"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"):
        break
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: " "),
        0x0A, UInt8(ascii: ">"):
        pendingSpace = true
      case 0 where position > end: position = end
      case UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: "_"), UInt8(ascii: "."):
        break
      default: throw .other
      }
      return
    }
    while isLetter(byte(at: position)) { position += 1 }
    let name = bytes[(start + 1)..<position]
    guard let command = Command.named(name) else { throw .other }
    switch command {
    case .ignored:
      // `\left.` and `\right.` stand for no bracket.
      if byte(at: position) == UInt8(ascii: ".") && name.first != UInt8(ascii: "d") {
        position += 1
      }
    case .space: pendingSpace = true
    case .text: openGroup(.text)
    case .font: openGroup(.font)
    case .dropped: skipGroup()
    case .name: emit(.letter, start, payload: Symbol(name: name).code)
    case .function(let function): emit(.function, start, payload: function.rawValue)
    case .token(let kind): try token(kind, start)
    }
  }

  private mutating func token(_ kind: Token.Kind, _ start: Int) throws(Obstacle) {
    switch kind {
    case .openSet, .openParen, .openBracket, .openAngle: open(kind, start)
    case .closeSet, .closeParen, .closeBracket, .closeAngle: close(kind, start)
    case .beginMatrix, .endMatrix:
      let name = groupContent()
      if kind == .beginMatrix, name == Array("array".utf8) { skipGroup() }
      matrixDepth = max(0, matrixDepth + (kind == .beginMatrix ? 1 : -1))
      bracketDepth = max(0, bracketDepth + (kind == .beginMatrix ? 1 : -1))
      emit(kind, start, payload: Symbol(name: name).code)
    case .reals:
      let name = groupContent()
      if name == [UInt8(ascii: "R")] {
        emit(.reals, start)
      } else {
        emit(.letter, start, payload: Symbol(name: [0x7C] + name.prefix(3)).code)
      }
    default: emit(kind, start)
    }
  }

  private mutating func openGroup(_ brace: Brace) {
    skipBlanks()
    if byte(at: position) == UInt8(ascii: "{") {
      position += 1
      braces.append(brace)
      if brace == .text {
        textDepth += 1
        pendingSpace = true
      } else {
        fontDepth += 1
      }
    }
  }

  /// Passes over the height behind a row, as in `\\[1ex]`.
  private mutating func skipRowGap() {
    guard byte(at: position) == UInt8(ascii: "[") else { return }
    var probe = position + 1
    while isDigit(byte(at: probe)) || byte(at: probe) == UInt8(ascii: ".")
      || byte(at: probe) == UInt8(ascii: "-")
    {
      probe += 1
    }
    guard probe > position + 1, isLetter(byte(at: probe)), isLetter(byte(at: probe + 1)),
      byte(at: probe + 2) == UInt8(ascii: "]")
    else { return }
    position = probe + 3
  }

  mutating func skipBlanks() {
    while byte(at: position) == 0x20 { position += 1 }
  }

  /// The bytes of a group without inner braces, which is passed over.
  private mutating func groupContent() -> [UInt8] {
    skipBlanks()
    guard byte(at: position) == UInt8(ascii: "{") else {
      if isLetter(byte(at: position)) {
        position += 1
        return [bytes[position - 1]]
      }
      return []
    }
    let start = position + 1
    while position < end && bytes[position] != UInt8(ascii: "}") { position += 1 }
    let content = Array(bytes[start..<max(start, min(position, end))])
    if position < end { position += 1 }
    return content
  }

  private mutating func skipGroup() {
    skipBlanks()
    guard byte(at: position) == UInt8(ascii: "{") else { return }
    var depth = 0
    while position < end {
      if bytes[position] == UInt8(ascii: "{") { depth += 1 }
      if bytes[position] == UInt8(ascii: "}") { depth -= 1 }
      position += 1
      if depth == 0 { return }
    }
  }
}
