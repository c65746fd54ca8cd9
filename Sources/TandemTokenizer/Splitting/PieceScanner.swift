/// Splits text by the patterns of Qwen2 and Llama 3, without an engine.
///
/// Both are `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,k}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
/// with k = 1 and 3. The alternatives are tried in this order; together they match everything.
struct PieceScanner: Hashable, Sendable {
  /// The longest run of numbers in one piece.
  let numbers: Int

  /// The scanner of a pattern; nil when it is not one of the known ones.
  init?(pattern: String) {
    switch Array(pattern.utf8) {
    case Array(Self.pattern(numbers: #"\p{N}"#).utf8): numbers = 1
    case Array(Self.pattern(numbers: #"\p{N}{1,3}"#).utf8): numbers = 3
    default: return nil
    }
  }

  private static func pattern(numbers: String) -> String {
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + numbers
      + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }

  /// The end of the piece that starts at a boundary of well-formed UTF-8.
  ///
  /// - Parameters:
  ///   - end: where the text ends, beyond `start`.
  @inline(__always)
  func end(
    ofPieceAt start: Int, in text: borrowing Span<UInt8>, until end: Int, classes: ScalarClasses
  ) -> Int {
    let (value, length) = text.scalar(at: start)
    let next = start &+ length
    let kind = classes[value]
    switch kind {
    case ScalarClass.letter: return self.end(of: kind, from: next, text, end, classes)
    case ScalarClass.number: return numbersEnd(from: next, text, end, classes)
    default: break
    }
    if value == 0x27, let contraction = contractionEnd(at: start, text, end) { return contraction }
    if kind != ScalarClass.lineEnd, next < end {
      let (value, length) = text.scalar(at: next)
      let following = classes[value]
      if following == ScalarClass.letter {
        return self.end(of: following, from: next &+ length, text, end, classes)
      }
      if kind == ScalarClass.other || (text[start] == 0x20 && following == ScalarClass.other) {
        return symbolsEnd(from: next, text, end, classes)
      }
    } else if kind == ScalarClass.other {
      return next
    }
    return spacesEnd(from: start, text, end, classes)
  }

  @inline(__always)
  private func end(
    of kind: UInt8, from start: Int, _ text: borrowing Span<UInt8>, _ end: Int,
    _ classes: ScalarClasses
  ) -> Int {
    var index = start
    while index < end {
      let (value, length) = text.scalar(at: index)
      guard classes[value] == kind else { break }
      index &+= length
    }
    return index
  }

  private func numbersEnd(
    from start: Int, _ text: borrowing Span<UInt8>, _ end: Int, _ classes: ScalarClasses
  ) -> Int {
    var index = start
    var taken = 1
    while taken < numbers, index < end {
      let (value, length) = text.scalar(at: index)
      guard classes[value] == ScalarClass.number else { break }
      index &+= length
      taken &+= 1
    }
    return index
  }

  /// The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` in any case; nil when there is none.
  private func contractionEnd(at start: Int, _ text: borrowing Span<UInt8>, _ end: Int) -> Int? {
    guard start &+ 1 < end else { return nil }
    let first = text[start &+ 1]
    switch first | 0x20 {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return first < 0x80 ? start &+ 2 : nil
    default: break
    }
    guard start &+ 2 < end else { return nil }
    let second = text[start &+ 2]
    // The long s is an s to a match without case.
    if first == 0xC5, second == 0xBF { return start &+ 3 }
    switch (first | 0x20, second | 0x20) {
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return start &+ 3
    default: return nil
    }
  }

  /// The end of a run of symbols, and of the line ends behind it.
  private func symbolsEnd(
    from start: Int, _ text: borrowing Span<UInt8>, _ end: Int, _ classes: ScalarClasses
  ) -> Int {
    var index = self.end(of: ScalarClass.other, from: start, text, end, classes)
    while index < end, text[index] == 0x0A || text[index] == 0x0D { index &+= 1 }
    return index
  }

  /// The end of white space: behind its last line end, else before its last scalar if something follows.
  private func spacesEnd(
    from start: Int, _ text: borrowing Span<UInt8>, _ end: Int, _ classes: ScalarClasses
  ) -> Int {
    var index = start
    var last = start
    var lineEnd: Int?
    while index < end {
      let (value, length) = text.scalar(at: index)
      let kind = classes[value]
      guard kind >= ScalarClass.space else { break }
      last = index
      index &+= length
      if kind == ScalarClass.lineEnd { lineEnd = index }
    }
    if let lineEnd { return lineEnd }
    return index == end || last == start ? index : last
  }
}
