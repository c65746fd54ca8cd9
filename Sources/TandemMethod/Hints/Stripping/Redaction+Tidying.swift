internal import TandemAnswers

extension Redaction {
  /// Makes the cuts of a step fit to read: no half annotation, no empty formula, no gap beside a gap, no bracket
  /// without its partner, no step without content.
  mutating func tidy(_ step: Int) {
    guard removed[step] == nil, !cuts[step].isEmpty else { return }
    let range = steps[step].range
    var list = Self.merged(cuts[step].map { withAnnotation($0, in: range) })
    // Every round widens a cut by a pair of marks at least, or is the last.
    for _ in 0..<8 {
      let before = list
      list = Self.merged(list.map { withoutEmptyMarks(withEnd($0, in: range), in: range) })
      list = joined(list)
      if list == before { break }
    }
    list = list.flatMap(withoutLooseDelimiters)
    let whole = list.compactMap { balanced($0, in: range) }
    guard whole.count == list.count else {
      return remove(step, because: cuts[step].first?.reason ?? HintReason.leftover)
    }
    setCuts(whole.map { withEnd($0, in: range) }, of: step)
    // What was cut took the sense of the step with it.
    if !teaches(step) {
      remove(step, because: cuts[step].first?.reason ?? HintReason.leftover)
    }
  }

  /// Whether what is left of a step says anything; of a step that lost nothing a single word is enough.
  func teaches(_ step: Int) -> Bool {
    guard !cuts[step].isEmpty else {
      return StepContent.teaches(bytes, pieces(of: step), fewestWords: 1)
    }
    var pieces = pieces(of: step)
    if steps[step].kind == .code { pieces = withoutFences(step, pieces) }
    return StepContent.teaches(bytes, pieces)
  }

  // MARK: One cut

  /// How far the marks around a value are looked for.
  private static let reach = 200

  /// A cut inside `<<16-7=9>>` takes the annotation as a whole: it only repeats what stands around it.
  private func withAnnotation(_ cut: Cut, in step: Range<Int>) -> Cut {
    var start = cut.range.lowerBound
    let first = max(step.lowerBound, start - Self.reach)
    while start > first, !bytes.holds("<<", at: start - 2), bytes[start - 1] != UInt8(ascii: ">") {
      start -= 1
    }
    guard start - 2 >= step.lowerBound, bytes.holds("<<", at: start - 2) else { return cut }
    var end = cut.range.upperBound
    let last = min(step.upperBound, end + Self.reach)
    while end < last, !bytes.holds(">>", at: end), bytes[end] != UInt8(ascii: "<") { end += 1 }
    guard end + 2 <= step.upperBound, bytes.holds(">>", at: end) else { return cut }
    var wide = cut
    wide.range = (start - 2)..<(end + 2)
    // The result is repeated behind the annotation; when that goes too, it leaves the gap.
    if end + 2 < step.upperBound, bytes[end + 2] &- 0x30 < 10 || bytes[end + 2] == 0x2E {
      wide.leavesGap = false
    }
    return wide
  }

  /// Formula signs, emphasis, quotes and commands such as `\text{}` around nothing but the cut go with it.
  private func withoutEmptyMarks(_ cut: Cut, in step: Range<Int>) -> Cut {
    var (start, end) = (cut.range.lowerBound, cut.range.upperBound)
    while start > step.lowerBound, bytes[start - 1] == 0x20 { start -= 1 }
    while end < step.upperBound, bytes[end] == 0x20 { end += 1 }
    for (open, close) in Self.marks
    where bytes.holds(open, at: start - open.utf8CodeUnitCount) && bytes.holds(close, at: end) {
      let first = start - open.utf8CodeUnitCount
      let last = end + close.utf8CodeUnitCount
      guard first >= step.lowerBound, last <= step.upperBound else { continue }
      var wide = cut
      wide.range = first..<last
      guard open.description == "{" else { return wide }
      guard let command = command(before: first, in: step) else { continue }
      wide.range = command..<last
      return wide
    }
    return cut
  }

  private static let marks: [(StaticString, StaticString)] = [
    ("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"), ("**", "**"), ("*", "*"),
    ("__", "__"), ("`", "`"), ("\"", "\""), ("\u{201C}", "\u{201D}"), ("{", "}"), ("~~", "~~"),
  ]

  /// Where a command begins that only dresses the argument whose brace is at `brace`.
  private func command(before brace: Int, in step: Range<Int>) -> Int? {
    var start = brace
    while start > step.lowerBound, (bytes[start - 1] | 0x20) &- 0x61 < 26 { start -= 1 }
    guard start > step.lowerBound, bytes[start - 1] == UInt8(ascii: "\\") else { return nil }
    let name = String(decoding: bytes[start..<brace], as: UTF8.self)
    return Self.dress.contains(name) ? start - 1 : nil
  }

  private static let dress: Set<String> = [
    "text", "textbf", "textit", "textrm", "mathbf", "mathrm", "mathit", "mathsf", "boldsymbol",
    "bm", "boxed", "fbox", "underline", "emph", "mbox", "displaystyle",
  ]

  /// The full stop behind a gap that ends with one goes, so that no fourth dot stands there.
  private func withEnd(_ cut: Cut, in step: Range<Int>) -> Cut {
    var cut = cut
    let end = cut.range.upperBound
    if cut.leavesGap, gap.last == UInt8(ascii: "."), end < step.upperBound,
      bytes[end] == UInt8(ascii: "."),
      end + 1 == step.upperBound || !bytes.isWordByte(at: end + 1)
    {
      cut.range = cut.range.lowerBound..<(end + 1)
    }
    return cut
  }

  // MARK: Several cuts

  /// Gaps with nothing between them but `=`, currency and formula signs become one.
  private func joined(_ cuts: [Cut]) -> [Cut] {
    var joined: [Cut] = []
    for cut in cuts {
      if let last = joined.last, last.leavesGap, cut.leavesGap,
        isFiller(last.range.upperBound..<cut.range.lowerBound),
        !isOperand(last.range.lowerBound)
      {
        joined[joined.count - 1].range = last.range.lowerBound..<cut.range.upperBound
      } else {
        joined.append(cut)
      }
    }
    return joined
  }

  private func isFiller(_ range: Range<Int>) -> Bool {
    range.count <= 24
      && bytes[range].allSatisfy {
        [0x20, 0x3D, 0x24, 0x5C, 0x28, 0x29, 0x2A, 0x26, 0x7E].contains($0)
      }
  }

  /// Whether an operation stands before a place: in `20 - 10 = 10` two gaps are left.
  private func isOperand(_ start: Int) -> Bool {
    var index = start - 1
    while index >= 0, start - index <= 8, [0x20, 0x24, 0x5C].contains(bytes[index]) { index -= 1 }
    guard index >= 0 else { return false }
    switch bytes[index] {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"): return true
    case UInt8(ascii: "x"): return index > 0 && !bytes.isWordByte(at: index - 1)
    default:
      return bytes.holds("\u{D7}", at: index - 1) || bytes.holds("\u{F7}", at: index - 1)
        || bytes.holds("\u{2212}", at: index - 2) || bytes.holds("\\times", at: index - 5)
        || bytes.holds("\\cdot", at: index - 4)
    }
  }

  // MARK: Balance

  /// A cut that takes one sign of a formula, but not the other, leaves that sign.
  private func withoutLooseDelimiters(_ cut: Cut) -> [Cut] {
    var pieces = [cut]
    var (low, high) = (0, formulas.count)
    while low < high {
      let middle = (low + high) / 2
      if formulas[middle].range.upperBound <= cut.range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < formulas.count, formulas[low].range.lowerBound < cut.range.upperBound {
      let formula = formulas[low]
      low += 1
      let (all, inner) = (formula.range, formula.content)
      let opening = all.lowerBound..<inner.lowerBound
      let closing = inner.upperBound..<all.upperBound
      let isWhole = cut.range.lowerBound <= all.lowerBound && all.upperBound <= cut.range.upperBound
      guard !isWhole, cut.range.overlaps(opening) || cut.range.overlaps(closing) else { continue }
      pieces = pieces.flatMap { Self.without(opening, $0) }.flatMap { Self.without(closing, $0) }
    }
    // Of the pieces of one value one gap is left.
    for index in pieces.indices.dropFirst() { pieces[index].leavesGap = false }
    return pieces
  }

  private static func without(_ range: Range<Int>, _ cut: Cut) -> [Cut] {
    guard cut.range.overlaps(range) else { return [cut] }
    var (before, after) = (cut, cut)
    before.range = cut.range.lowerBound..<max(cut.range.lowerBound, range.lowerBound)
    after.range = min(cut.range.upperBound, range.upperBound)..<cut.range.upperBound
    return [before, after].filter { !$0.range.isEmpty }
  }

  /// A cut widened to the partners of the braces in it; nil when one has its partner before it, or none.
  private func balanced(_ cut: Cut, in step: Range<Int>) -> Cut? {
    var depth = 0
    var index = cut.range.lowerBound
    let last = min(step.upperBound, cut.range.upperBound + Self.reach)
    while index < cut.range.upperBound || depth > 0 && index < last {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth < 0 { return nil }
      default: break
      }
      index += 1
    }
    guard depth == 0 else { return nil }
    var wide = cut
    wide.range = cut.range.lowerBound..<max(cut.range.upperBound, min(index, step.upperBound))
    return wide
  }

  /// The pieces of a block of code without the lines of its fences.
  private func withoutFences(_ step: Int, _ pieces: [Range<Int>]) -> [Range<Int>] {
    let range = steps[step].range
    let first = bytes.first(0x0A, in: range)
    guard let last = bytes.last("\n", in: range), first < last else { return pieces }
    return pieces.map { $0.clamped(to: first..<last) }
  }
}
