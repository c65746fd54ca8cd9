/// Tokens that are cut out of the text before anything else happens to it.
struct AddedTokens: Sendable {
  /// One of them.
  struct Token: Sendable {
    /// Its id.
    var id: Int32
    /// Its text, as it is searched for.
    var text: [UInt8]
    /// Whether it is markup, not text.
    var isSpecial = false
    /// Whether it takes the white space in front of it along.
    var stripsLeft = false
    /// Whether it takes the white space behind it along.
    var stripsRight = false
    /// Whether it must not touch a word.
    var isSingleWord = false
    /// Whether it is searched for after normalisation.
    var isNormalized = false
  }

  /// A part of a text.
  struct Segment: Sendable {
    var range: Range<Int>
    /// The token that the part is; nil for text.
    var id: Int32?
  }

  /// The tokens that begin with each byte, longest first.
  private var byFirst: [[Token]] = Array(repeating: [], count: 256)
  /// Whether there are none.
  private(set) var isEmpty = true

  init(_ tokens: [Token]) {
    for token in tokens {
      guard let first = token.text.first else { continue }
      byFirst[Int(first)].append(token)
      isEmpty = false
    }
    for first in byFirst.indices { byFirst[first].sort { $0.text.count > $1.text.count } }
  }

  /// The parts of a text in order: the longest token at the leftmost place, then on behind it.
  func segments(of text: Span<UInt8>, parseSpecial: Bool) -> [Segment] {
    guard !isEmpty else { return text.isEmpty ? [] : [Segment(range: 0..<text.count)] }
    var segments: [Segment] = []
    var done = 0
    var index = 0
    while index < text.count {
      guard let token = token(at: index, in: text) else {
        index &+= 1
        continue
      }
      var start = index
      var end = index + token.text.count
      index = end
      if token.isSpecial, !parseSpecial { continue }
      if token.isSingleWord, touchesWord(text, start, end) { continue }
      if token.stripsLeft { start = spaceStart(text, before: start, from: done) }
      if token.stripsRight { end = spaceEnd(text, from: end) }
      start = max(start, done)
      if start > done { segments.append(Segment(range: done..<start)) }
      segments.append(Segment(range: start..<max(start, end), id: token.id))
      done = max(start, end)
    }
    if done < text.count { segments.append(Segment(range: done..<text.count)) }
    return segments
  }

  @inline(__always)
  private func token(at index: Int, in text: borrowing Span<UInt8>) -> Token? {
    let candidates = byFirst[Int(text[index])]
    return candidates.isEmpty ? nil : longest(of: candidates, at: index, in: text)
  }

  private func longest(of candidates: [Token], at index: Int, in text: borrowing Span<UInt8>)
    -> Token?
  {
    for token in candidates where token.text.count <= text.count - index {
      var matched = 1
      while matched < token.text.count, token.text[matched] == text[index + matched] {
        matched += 1
      }
      if matched == token.text.count { return token }
    }
    return nil
  }

  private func touchesWord(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let before = start > 0 ? Unicode.Scalar(text.scalar(before: start).value) : nil
    let behind = end < text.count ? Unicode.Scalar(text.scalar(at: end).value) : nil
    return [before, behind].contains { $0.map(ScalarClasses.isWord) ?? false }
  }

  private func spaceStart(_ text: Span<UInt8>, before end: Int, from limit: Int) -> Int {
    var start = end
    while start > limit {
      let (value, length) = text.scalar(before: start)
      guard let scalar = Unicode.Scalar(value), ScalarClasses.isSpace(scalar) else { break }
      start -= length
    }
    return start
  }

  private func spaceEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count {
      let (value, length) = text.scalar(at: end)
      guard let scalar = Unicode.Scalar(value), ScalarClasses.isSpace(scalar) else { break }
      end += length
    }
    return end
  }
}
