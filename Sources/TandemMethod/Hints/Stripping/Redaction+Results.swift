internal import TandemAnswers

extension Redaction {
  /// A number or word that stands right behind a `=`.
  struct Result: Hashable {
    var range: Range<Int>
    /// Whether something is computed before the sign.
    var isComputed: Bool
  }

  /// What the equations of a step come to: `12` in `3 * 4 = $12 left`, also behind an annotation.
  func results(of step: Int) -> [Result] {
    let range = steps[step].range
    var results: [Result] = []
    var isComputed = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == UInt8(ascii: "=") {
        var start = index + 1
        while start < range.upperBound {
          if [0x20, 0x24, 0x7B, 0x2A].contains(bytes[start]) || bytes.holds("\\$", at: start) {
            start += 1
          } else if bytes.holds("<<", at: start), let end = annotationEnd(start, in: range) {
            start = end
          } else {
            break
          }
        }
        var end = start
        while end < range.upperBound, isNumeral(end, in: range) { end += 1 }
        if start < end, !isOperand(end, in: range) {
          results.append(Result(range: start..<end, isComputed: isComputed))
        }
        index = max(end, index + 1)
      } else {
        if isOperation(index, in: range) { isComputed = true }
        if endsExpression(index, in: range) { isComputed = false }
        index += 1
      }
    }
    return results
  }

  /// Whether what ends at a place goes on to be computed with: `2^3`, `2 + 1`, `2(x - 1)`.
  private func isOperand(_ end: Int, in step: Range<Int>) -> Bool {
    var index = end
    while index < step.upperBound, bytes[index] == 0x20 { index += 1 }
    guard index < step.upperBound else { return false }
    switch bytes[index] {
    case UInt8(ascii: "^"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "_"): return true
    default: return isOperation(index, in: step)
    }
  }

  /// Whether a comma, a semicolon, the end of a sentence or of a formula stands at a place.
  private func endsExpression(_ index: Int, in step: Range<Int>) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "."):
      index + 1 >= step.upperBound || bytes[index + 1] == 0x20
    case UInt8(ascii: "$"):
      !(index + 1 < step.upperBound && bytes[index + 1] &- 0x30 < 10)
        && !bytes.holds("$<<", at: index)
    default: false
    }
  }

  private func annotationEnd(_ start: Int, in step: Range<Int>) -> Int? {
    var index = start
    while index < min(step.upperBound, start + 200) {
      if bytes.holds(">>", at: index) { return index + 2 }
      index += 1
    }
    return nil
  }

  /// Letters and digits, with points and commas between digits.
  private func isNumeral(_ index: Int, in step: Range<Int>) -> Bool {
    if bytes.isWordByte(at: index) { return true }
    guard bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ","),
      index + 1 < step.upperBound
    else { return false }
    return bytes[index + 1] &- 0x30 < 10
  }

  private func isOperation(_ index: Int, in step: Range<Int>) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "^"): true
    case UInt8(ascii: "-"), UInt8(ascii: "x"):
      index > step.lowerBound && index + 1 < step.upperBound && !isLetter(bytes[index - 1])
        && !isLetter(bytes[index + 1])
    case UInt8(ascii: "\\"):
      ["times", "cdot", "div", "frac", "dfrac", "sqrt"].contains { bytes.holds($0, at: index + 1) }
    default: bytes.holds("\u{D7}", at: index) || bytes.holds("\u{F7}", at: index)
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
