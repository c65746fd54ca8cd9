internal import TandemAnswers

/// A formula or a piece of code in a text: what no sentence ends in.
struct Formula: Hashable {
  enum Kind: Hashable {
    /// `$...$`, `\(...\)`
    case inline
    /// `$$...$$`, `\[...\]`, `\begin{align}...\end{align}`
    case display
    /// Between backticks.
    case code
    /// A block between lines of three backticks or tildes, or `[asy]...[/asy]`.
    case block
  }

  var kind: Kind
  /// With its delimiters.
  var range: Range<Int>
  /// Without them.
  var content: Range<Int>

  /// All formulas of a text, in order; a delimiter without its partner is text like any other.
  static func all(in bytes: [UInt8], _ range: Range<Int>) -> [Formula] {
    var finder = FormulaFinder(bytes, range)
    return finder.formulas()
  }
}

/// One pass over a text.
private struct FormulaFinder {
  private let bytes: [UInt8]
  private let start: Int
  private let end: Int
  private var parenthesis = ForwardSearch("\\)")
  private var bracket = ForwardSearch("\\]")
  private var dollars = ForwardSearch("$$")
  private var drawing = ForwardSearch("[/asy]")
  private var environments: [String: ForwardSearch] = [:]
  private var fences: [UInt8: ForwardSearch] = [:]
  /// The next `$` of the paragraph, once it was looked for.
  private var nextDollar = -1

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    start = range.lowerBound
    end = range.upperBound
  }

  mutating func formulas() -> [Formula] {
    var formulas: [Formula] = []
    var index = start
    while index < end {
      if let formula = formula(at: index) {
        formulas.append(formula)
        index = formula.range.upperBound
      } else {
        index += skip(at: index)
      }
    }
    return formulas
  }

  /// How many bytes are passed where no formula begins.
  private func skip(at index: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "\\"): 2
    case UInt8(ascii: "$") where byte(index + 1) == bytes[index]: 2
    case UInt8(ascii: "`"), UInt8(ascii: "~"): run(index)
    default: 1
    }
  }

  private mutating func formula(at index: Int) -> Formula? {
    switch bytes[index] {
    case UInt8(ascii: "\\"): return command(index)
    case UInt8(ascii: "$"):
      if byte(index + 1) == UInt8(ascii: "$") {
        let close = dollars.next(from: index + 2, in: bytes, until: end)
        return make(.display, index, index + 2, close, 2)
      }
      return inlineDollar(index)
    case UInt8(ascii: "`"), UInt8(ascii: "~"): return code(index)
    case UInt8(ascii: "[") where bytes.holds("[asy]", at: index):
      return make(.block, index, index + 5, drawing.next(from: index, in: bytes, until: end), 6)
    default: return nil
    }
  }

  private func make(_ kind: Formula.Kind, _ start: Int, _ first: Int, _ close: Int, _ length: Int)
    -> Formula?
  {
    guard close < end, close + length <= end else { return nil }
    return Formula(kind: kind, range: start..<(close + length), content: first..<close)
  }

  private static let displays: Set<String> = [
    "equation", "equation*", "align", "align*", "aligned", "alignat", "alignat*", "gather",
    "gather*", "gathered", "multline", "multline*", "eqnarray", "eqnarray*", "displaymath", "math",
    "array", "tabular", "cases",
  ]

  private mutating func command(_ index: Int) -> Formula? {
    switch byte(index + 1) {
    case UInt8(ascii: "("):
      let close = parenthesis.next(from: index + 2, in: bytes, until: end)
      return make(.inline, index, index + 2, close, 2)
    case UInt8(ascii: "["):
      let close = bracket.next(from: index + 2, in: bytes, until: end)
      return make(.display, index, index + 2, close, 2)
    case UInt8(ascii: "b") where bytes.holds("\\begin{", at: index):
      let stop = bytes.first(UInt8(ascii: "}"), in: (index + 7)..<min(end, index + 24))
      guard stop < min(end, index + 24) else { return nil }
      let name = String(decoding: bytes[(index + 7)..<stop], as: UTF8.self)
      guard Self.displays.contains(name) else { return nil }
      let closing = "\\end{\(name)}"
      let close = environments[name, default: ForwardSearch(closing)]
        .next(from: stop + 1, in: bytes, until: end)
      return make(.display, index, stop + 1, close, closing.utf8.count)
    default: return nil
    }
  }

  /// `$...$`: nothing blank inside the signs and no digit behind them, which would be money, or LaTeX between them.
  private mutating func inlineDollar(_ index: Int) -> Formula? {
    if nextDollar <= index { nextDollar = dollar(behind: index) }
    guard nextDollar < end, bytes[nextDollar] == UInt8(ascii: "$"), nextDollar > index + 1 else {
      return nil
    }
    let content = (index + 1)..<nextDollar
    return isTight(content) || isLaTeX(content)
      ? make(.inline, index, index + 1, nextDollar, 1) : nil
  }

  /// The next `$` of the paragraph, or where it ends.
  private func dollar(behind index: Int) -> Int {
    var place = index + 1
    while place < end {
      switch bytes[place] {
      case UInt8(ascii: "$"): return place
      case UInt8(ascii: "\\"): place += 1
      case 0x0A where byte(place + 1) == 0x0A: return place
      default: break
      }
      place += 1
    }
    return end
  }

  private func isTight(_ content: Range<Int>) -> Bool {
    guard content.count <= 400, let last = content.last else { return false }
    let isMoney = byte(content.upperBound + 1) &- 0x30 < 10
    let isOpen = [0x3D, 0x2B, 0x2D, 0x2A, 0x2F, 0x28].contains(bytes[last])
    return !isMoney && !isOpen && ![UInt8].isBlank(bytes[content.lowerBound])
      && ![UInt8].isBlank(bytes[last])
      && !content.contains { bytes[$0] == 0x0A || bytes.holds("<<", at: $0) }
  }

  private func isLaTeX(_ content: Range<Int>) -> Bool {
    content.count <= 400
      && bytes[content].contains { $0 == 0x5C || $0 == 0x5E || $0 == 0x5F || $0 == 0x7B }
  }

  // MARK: Code

  private mutating func code(_ index: Int) -> Formula? {
    let mark = bytes[index]
    let length = run(index)
    if length >= 3, beginsLine(index) { return block(index, length) }
    guard mark == UInt8(ascii: "`"), length <= 2 else { return nil }
    var place = index + length
    while place < end, bytes[place] != 0x0A, place - index < 400 {
      let other = bytes[place] == mark ? run(place) : 0
      if other == length { return make(.code, index, index + length, place, length) }
      place += max(1, other)
    }
    return nil
  }

  private mutating func block(_ index: Int, _ length: Int) -> Formula? {
    let mark = bytes[index]
    let first = bytes.first(0x0A, in: index..<end)
    guard first < end else { return nil }
    var search = fences[mark] ?? ForwardSearch([mark, mark, mark])
    defer { fences[mark] = search }
    var close = search.next(from: first, in: bytes, until: end)
    while close < end, !beginsLine(close) {
      close = search.next(from: close + run(close), in: bytes, until: end)
    }
    guard close < end else { return nil }
    return make(.block, index, first, close, run(close))
  }

  /// How often the byte at a place is repeated from there on.
  private func run(_ index: Int) -> Int {
    var stop = index
    while stop < end, bytes[stop] == bytes[index] { stop += 1 }
    return stop - index
  }

  private func beginsLine(_ index: Int) -> Bool {
    var place = index
    while place > start, bytes[place - 1] == 0x20 || bytes[place - 1] == 0x09 { place -= 1 }
    return place == start || bytes[place - 1] == 0x0A
  }

  private func byte(_ index: Int) -> UInt8 { index >= 0 && index < end ? bytes[index] : 0 }
}
