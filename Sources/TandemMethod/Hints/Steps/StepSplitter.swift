internal import TandemAnswers

/// Cuts a text into steps: lines and the sentences in them, display formulas, blocks of code.
///
/// Steps are in order and disjoint, and what lies between them is blank. No step begins or ends inside a formula, a
/// piece of code, or round or curly brackets that close in their line.
package enum StepSplitter {
  /// The steps of the bytes of a text.
  package static func steps(of bytes: [UInt8], in range: Range<Int>) -> [Step] {
    steps(of: bytes, in: range, formulas: Formula.all(in: bytes, range))
  }

  static func steps(of bytes: [UInt8], in range: Range<Int>, formulas: [Formula]) -> [Step] {
    var cutter = StepCutter(bytes, range, formulas)
    return cutter.cut()
  }
}

private struct StepCutter {
  private let bytes: [UInt8]
  private let range: Range<Int>
  private let formulas: [Formula]
  /// The first formula that is not passed.
  private var next = 0
  private var steps: [Step] = []

  init(_ bytes: [UInt8], _ range: Range<Int>, _ formulas: [Formula]) {
    self.bytes = bytes
    self.range = range
    self.formulas = formulas
  }

  mutating func cut() -> [Step] {
    var index = range.lowerBound
    var beginsLine = true
    while index < range.upperBound {
      let byte = bytes[index]
      if [UInt8].isBlank(byte) {
        if byte == 0x0A { beginsLine = true }
        index += 1
        continue
      }
      if beginsLine, let block = block(at: index) {
        steps.append(block)
        index = block.range.upperBound
      } else {
        index = line(from: index)
      }
      beginsLine = false
    }
    return steps
  }

  /// The formula or code that begins at a place.
  private mutating func formula(at index: Int) -> Formula? {
    while next < formulas.count, formulas[next].range.lowerBound < index { next += 1 }
    guard next < formulas.count, formulas[next].range.lowerBound == index else { return nil }
    return formulas[next]
  }

  /// A display formula or a block of code at the beginning of a line.
  private mutating func block(at index: Int) -> Step? {
    guard let formula = formula(at: index), formula.kind == .display || formula.kind == .block
    else { return nil }
    var end = formula.range.upperBound
    while end < range.upperBound, [0x2E, 0x2C, 0x3B].contains(bytes[end]) { end += 1 }
    return Step(range: index..<end, kind: formula.kind == .block ? .code : .display)
  }

  // MARK: Lines

  /// Cuts a line into sentences and returns its end.
  private mutating func line(from start: Int) -> Int {
    var line = SentenceLine(bytes, start)
    var index = start
    while index < range.upperBound, bytes[index] != 0x0A {
      if let formula = formula(at: index) {
        line.pass(formula)
        index = formula.range.upperBound
      } else {
        index += line.pass(at: index, until: range.upperBound)
      }
    }
    let end = min(index, range.upperBound)
    let pieces = line.sentences(until: end)
    for piece in pieces {
      let isHeading = pieces.count == 1 && Self.isHeading(bytes, piece)
      steps.append(Step(range: piece, kind: isHeading ? .heading : .prose))
    }
    return end
  }

  /// `## Words`, or a line that is bold throughout.
  private static func isHeading(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    if bytes[range.lowerBound] == UInt8(ascii: "#") { return true }
    guard bytes.holds("**", at: range.lowerBound), range.count > 4 else { return false }
    let inner = (range.lowerBound + 2)..<range.upperBound
    guard let close = bytes.last("**", in: inner) else { return false }
    let rest = bytes[(close + 2)..<range.upperBound]
    return rest.allSatisfy { $0 == UInt8(ascii: ":") }
      && !(inner.lowerBound..<close).contains { bytes.holds("**", at: $0) }
  }
}

/// The marks of one line at which sentences may end.
private struct SentenceLine {
  private let bytes: [UInt8]
  private let start: Int
  /// A mark behind which a sentence may end.
  private struct Mark {
    var place: Int
    /// Where the formula ends that the mark closes.
    var end: Int?
  }

  private var marks: [Mark] = []
  private var parentheses: [Int] = []
  private var braces: [Int] = []
  private var bold: Int?
  /// What must stay whole: from an opening bracket to its partner.
  private var pairs: [Range<Int>] = []

  init(_ bytes: [UInt8], _ start: Int) {
    self.bytes = bytes
    self.start = start
  }

  /// Takes in a formula, behind which a sentence may end.
  mutating func pass(_ formula: Formula) {
    var last = formula.content.upperBound - 1
    while last > formula.content.lowerBound, [UInt8].isBlank(bytes[last]) { last -= 1 }
    if last >= formula.content.lowerBound, bytes[last] == UInt8(ascii: ".") {
      marks.append(Mark(place: last, end: formula.range.upperBound))
    }
    pairs.append(formula.range)
  }

  /// Takes in what stands at a place and returns how many bytes that are.
  mutating func pass(at index: Int, until end: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "("): parentheses.append(index)
    case UInt8(ascii: ")"): if let open = parentheses.popLast() { pairs.append(open..<index + 1) }
    case UInt8(ascii: "{"): braces.append(index)
    case UInt8(ascii: "}"): if let open = braces.popLast() { pairs.append(open..<index + 1) }
    case UInt8(ascii: "*") where index + 1 < end && bytes[index + 1] == UInt8(ascii: "*"):
      if let open = bold {
        pairs.append(open..<index + 2)
        bold = nil
      } else {
        bold = index
      }
      return 2
    case UInt8(ascii: "\\"): return index + 1 < end && bytes[index + 1] != 0x0A ? 2 : 1
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), 0xE3, 0xEF:
      marks.append(Mark(place: index))
    default: break
    }
    return 1
  }

  /// The sentences up to the end of the line.
  func sentences(until end: Int) -> [Range<Int>] {
    let sentenceEnd = SentenceEnd(bytes: bytes, end: end)
    let pairs = pairs.sorted { $0.lowerBound < $1.lowerBound }
    var sentences: [Range<Int>] = []
    var first = start
    var passed = 0
    var closed = start
    func add(until stop: Int) {
      var range = first..<stop
      while let byte = range.last, [UInt8].isBlank(bytes[byte]) { range.removeLast() }
      if !range.isEmpty { sentences.append(range) }
      first = stop
      while first < end, [UInt8].isBlank(bytes[first]) { first += 1 }
    }
    for mark in marks where mark.place >= first {
      let found =
        if let place = mark.end {
          sentenceEnd.end(behindFormula: place)
        } else {
          sentenceEnd.end(at: mark.place, from: first)
        }
      guard let stop = found, stop < end else { continue }
      while passed < pairs.count, pairs[passed].lowerBound < stop {
        closed = max(closed, pairs[passed].upperBound)
        passed += 1
      }
      if closed <= stop { add(until: stop) }
    }
    if first < end { add(until: end) }
    return sentences
  }
}

extension Range<Int> {
  fileprivate mutating func removeLast() {
    self = lowerBound..<(upperBound - 1)
  }
}
