/// Punctuation, markdown, tags and LaTeX.
extension LeakLexer {
  mutating func punctuation(_ byte: UInt8, _ start: Int) {
    let next = self.byte(position)
    switch byte {
    case UInt8(ascii: "+"): emit(.plus, start)
    case UInt8(ascii: "-"):
      if next == byte, self.byte(position + 1) == UInt8(ascii: ">") {
        position += 2
      } else {
        emit(.minus, start)
      }
    case UInt8(ascii: "*"): star(start)
    case UInt8(ascii: "/"): emit(.divide, start)
    case UInt8(ascii: "^"): script(.caret, start)
    case UInt8(ascii: "_"):
      if isBinding(start - 1), next != byte, !isEmphasisEnd(start) { script(.underscore, start) }
    case UInt8(ascii: "!"):
      if next == UInt8(ascii: "=") {
        position += 1
        emit(.relation, start)
      } else {
        emit(.bang, start)
      }
    case UInt8(ascii: "%"): percent(start)
    case UInt8(ascii: ","): emit(.comma, start)
    case UInt8(ascii: ";"): emit(.semicolon, start)
    case UInt8(ascii: ":"): emit(.colon, start)
    case UInt8(ascii: "."), UInt8(ascii: "?"): emit(.stop, start)
    case UInt8(ascii: "="):
      if next == byte { position += 1 }
      emit(.equals, start)
    case UInt8(ascii: "<"), UInt8(ascii: ">"): angle(byte, start)
    case UInt8(ascii: "("): emit(.openParen, start)
    case UInt8(ascii: ")"): emit(.closeParen, start)
    case UInt8(ascii: "["): emit(.openBracket, start)
    case UInt8(ascii: "]"): emit(.closeBracket, start)
    case UInt8(ascii: "{"): emit(.openBrace, start)
    case UInt8(ascii: "}"): emit(.closeBrace, start)
    case UInt8(ascii: "#"): hashes(start)
    case UInt8(ascii: "&"):
      // An alignment mark before `=` is no column of a matrix.
      var index = position
      while self.byte(index) == 0x20 { index += 1 }
      if self.byte(index) != UInt8(ascii: "=") { emit(.ampersand, start) }
    case UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "'"): break
    default: emit(.other, start)
    }
  }

  private mutating func script(_ kind: LeakToken.Kind, _ start: Int) {
    marks.hasScripts = true
    emit(kind, start)
  }

  private mutating func marker(_ start: Int) {
    marks.hasStatements = true
    emit(.marker, start)
  }

  /// Whether the byte before an underscore takes a subscript.
  private func isBinding(_ index: Int) -> Bool {
    isLetter(index) || isDigit(index) || byte(index) == UInt8(ascii: "}")
      || byte(index) == UInt8(ascii: ")") || byte(index) >= 0x80
  }

  /// Whether an underscore closes an emphasis.
  private func isEmphasisEnd(_ index: Int) -> Bool {
    let next = byte(index + 1)
    return next == 0 || [UInt8].isBlank(next) || next == UInt8(ascii: ".")
      || next == UInt8(ascii: ",")
      || next == byte(index)
  }

  /// A product, or markdown's emphasis.
  private mutating func star(_ start: Int) {
    let isDouble = byte(position) == UInt8(ascii: "*")
    if isDouble { position += 1 }
    while byte(position) == UInt8(ascii: "*") { position += 1 }
    let before = byte(start - 1)
    let after = byte(position)
    let isLeftGlued = start > 0 && !spaced && before != 0x0A
    let isRightGlued = position < end && ![UInt8].isBlank(after)
    let follows = tokens.last.map { $0.endsOperand } ?? false
    let leads =
      isDigit(position) || isLetter(position) || after == UInt8(ascii: "(")
      || after == UInt8(ascii: "\\") || after == UInt8(ascii: "$") || after == UInt8(ascii: ".")
    if isDouble {
      if isLeftGlued && isDigit(position) && isDigit(start - 1) { script(.caret, start) }
      return
    }
    if follows && leads && isLeftGlued && isRightGlued { return emit(.times, start) }
    if !isLeftGlued && !isRightGlued && follows { return emit(.times, start) }
    if follows && isDigit(position) && tokens.last?.kind != .word { return emit(.times, start) }
    if isLeftGlued && !isRightGlued && follows, after == 0x20, isDigit(position + 1),
      !isOpenEmphasis(start)
    {
      emit(.times, start)
    }
  }

  /// Whether a star stands open before an index in its line.
  private func isOpenEmphasis(_ index: Int) -> Bool {
    var place = index - 1
    while place >= 0, index - place < 80, bytes[place] != 0x0A {
      if bytes[place] == UInt8(ascii: "*") { return true }
      place -= 1
    }
    return false
  }

  /// A percent sign; `%31` as in an address is none.
  private mutating func percent(_ start: Int) {
    if !(tokens.last.map { Int($0.end) == start && $0.kind == .number } ?? false),
      isHex(position), isHex(position + 1),
      byte(position + 2) == UInt8(ascii: "%") || byte(start - 3) == UInt8(ascii: "%")
    {
      position += 2
      return emit(.identifier, start)
    }
    emit(.percent, start)
  }

  private func isHex(_ index: Int) -> Bool {
    isDigit(index) || (byte(index) | 0x20) &- 0x61 < 6
  }

  private mutating func hashes(_ start: Int) {
    while byte(position) == UInt8(ascii: "#") { position += 1 }
    if position - start >= 4 { return marker(start) }
    if position - start == 1, isDigit(position) {
      while isDigit(position) { position += 1 }
      emit(.identifier, start)
    }
    // A heading begins its line as any text does.
  }

  private mutating func angle(_ byte: UInt8, _ start: Int) {
    if self.byte(position) == byte {
      position += 1
      return emit(byte == UInt8(ascii: "<") ? .openCalculation : .closeCalculation, start)
    }
    if byte == UInt8(ascii: "<"), tag(start) { return }
    if self.byte(position) == UInt8(ascii: "=") { position += 1 }
    emit(.relation, start)
  }

  /// Takes an HTML tag or the bounds of a comment; those of answers and scripts mean something.
  private mutating func tag(_ start: Int) -> Bool {
    if bytes.holds("!--", at: position) {
      position += 3
      spaced = true
      return true
    }
    var index = position
    let isClosing = byte(index) == UInt8(ascii: "/")
    if isClosing { index += 1 }
    guard isLetter(index) else { return false }
    let name = index
    while isLetter(index) || byte(index) == UInt8(ascii: "_") { index += 1 }
    let nameEnd = index
    while index < end, index - start < 60, bytes[index] != UInt8(ascii: ">"), bytes[index] != 0x0A {
      if nameEnd == index, bytes[index] != 0x20, bytes[index] != UInt8(ascii: "/") { return false }
      index += 1
    }
    guard byte(index) == UInt8(ascii: ">") else { return false }
    position = index + 1
    let isAnswer =
      bytes.holds("answer", at: name, anyCase: true)
      || bytes.holds("final", at: name, anyCase: true)
    if isAnswer {
      if isClosing { emit(.newline, start) } else { marker(start) }
    } else if bytes.holds("sup>", at: name, anyCase: true), !isClosing {
      script(.caret, start)
    } else if bytes.holds("sub>", at: name, anyCase: true), !isClosing {
      script(.underscore, start)
    } else if nameEnd - name > 1, bytes[name] | 0x20 != UInt8(ascii: "s") {
      // Cells and lines end what stands in them; marks of emphasis do not.
      emit(.newline, start)
    }
    return true
  }

  // MARK: LaTeX

  mutating func command() {
    let start = position
    position += 1
    guard isLetter(position) else {
      let byte = self.byte(position)
      position += 1
      switch byte {
      case UInt8(ascii: "{"): emit(.openSet, start)
      case UInt8(ascii: "}"): emit(.closeSet, start)
      case UInt8(ascii: "\\"): emit(.newRow, start)
      case UInt8(ascii: "%"): emit(.percent, start)
      case UInt8(ascii: "$"): emit(.currency, start, code: UInt64(UInt8(ascii: "$")))
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: " "), 0x0A:
        spaced = true
      default: break
      }
      position = min(position, end)
      return
    }
    while isLetter(position) { position += 1 }
    let code = LeakWord.code(bytes, (start + 1)..<position)
    guard let meaning = LeakCommand.meaning(code) else {
      if code == LeakCommand.squareRoot { marks.hasScripts = true }
      return emit(.command, start, code: code)
    }
    switch meaning {
    case .wrapper: break
    case .space: spaced = true
    case .dropped: skipGroup()
    case .environment: environment(start)
    case .box:
      var index = position
      while byte(index) == 0x20 { index += 1 }
      if byte(index) == UInt8(ascii: "{") {
        position = index + 1
        marks.hasBoxes = true
        emit(.openBox, start)
      } else {
        marker(start)
      }
    case .token(let kind): emit(kind, start, code: code)
    }
  }

  private mutating func skipGroup() {
    guard byte(position) == UInt8(ascii: "{") else { return }
    var index = position
    while index < end, index - position < 200, bytes[index] != UInt8(ascii: "}") { index += 1 }
    if byte(index) == UInt8(ascii: "}") { position = index + 1 }
  }

  /// Takes `\begin{pmatrix}` as an opening and `\end{pmatrix}` as a closing bracket.
  private mutating func environment(_ start: Int) {
    let isEnd = bytes[start + 1] == UInt8(ascii: "e")
    let name = position + 1
    guard byte(position) == UInt8(ascii: "{") else { return }
    skipGroup()
    let isArray = bytes.holds("array", at: name)
    guard
      isArray || bytes.holds("matrix", at: name + 1) || bytes.holds("matrix", at: name)
        || bytes.holds("smallmatrix", at: name)
    else {
      return emit(.newline, start)
    }
    if isArray, !isEnd { skipGroup() }
    let nameEnd = bytes[name..<end].firstIndex(of: UInt8(ascii: "}")) ?? name
    emit(
      isEnd ? .closeBracket : .openBracket, start, code: LeakWord.code(bytes, name..<nameEnd))
  }
}
