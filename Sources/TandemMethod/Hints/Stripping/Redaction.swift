internal import TandemAnswers

/// A trace on its way to a hint: its steps, what is cut from them, and why.
///
/// A step goes whole, or loses pieces; a piece leaves a visible gap where a value stood. Blanks between steps that are
/// left are kept as they are.
struct Redaction {
  /// A piece that is cut from a step.
  struct Cut: Hashable {
    var range: Range<Int>
    var reason: String
    /// Whether something is left in its place.
    var leavesGap: Bool
  }

  let bytes: [UInt8]
  let steps: [Step]
  let formulas: [Formula]
  let gap: [UInt8]
  /// What lies outside all steps and is cut.
  let outside: [Range<Int>]
  /// Why a step is cut whole; nil for one that is left.
  private(set) var removed: [String?]
  /// The pieces cut from each step that is left, in order, disjoint.
  private(set) var cuts: [[Cut]]

  /// A trace of which nothing but thinking is cut yet.
  ///
  /// - Parameter keepsThinking: whether blocks of thinking are left, without their tags
  init(_ text: String, gap: String, keepsThinking: Bool) {
    bytes = Array(text.utf8)
    self.gap = Array(gap.utf8)
    let content = Thinking.content(of: bytes, keepsThinking: keepsThinking)
    outside = content.cut
    var (formulas, steps): ([Formula], [Step]) = ([], [])
    for range in content.kept {
      let found = Formula.all(in: bytes, range)
      steps += StepSplitter.steps(of: bytes, in: range, formulas: found)
      formulas += found
    }
    (self.formulas, self.steps) = (formulas, steps)
    removed = Array(repeating: nil, count: steps.count)
    cuts = Array(repeating: [], count: steps.count)
  }

  /// The places of the steps of which something is left.
  var kept: [Int] { steps.indices.filter { removed[$0] == nil } }

  /// The first step that ends behind a place.
  func step(at place: Int) -> Int {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].range.upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The steps that share bytes with a range.
  func steps(in range: Range<Int>) -> Range<Int> {
    let first = step(at: range.lowerBound)
    var last = first
    while last < steps.count, steps[last].range.lowerBound < range.upperBound { last += 1 }
    return first..<last
  }

  // MARK: Cutting

  /// Cuts a step whole.
  mutating func remove(_ step: Int, because reason: String) {
    guard removed[step] == nil else { return }
    removed[step] = reason
    cuts[step] = []
  }

  /// Cuts a range from the steps that it touches; ``tidy(_:)`` must follow before the rest is read.
  mutating func cut(_ range: Range<Int>, because reason: String, leavesGap: Bool) {
    for step in steps(in: range) where removed[step] == nil {
      let piece = range.clamped(to: steps[step].range)
      guard !piece.isEmpty else { continue }
      cuts[step].append(Cut(range: piece, reason: reason, leavesGap: leavesGap))
    }
  }

  /// Replaces the cuts of a step, which are merged where they meet.
  mutating func setCuts(_ cuts: [Cut], of step: Int) {
    self.cuts[step] = Self.merged(cuts)
  }

  static func merged(_ cuts: [Cut]) -> [Cut] {
    var merged: [Cut] = []
    for cut in cuts.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      if let last = merged.last, cut.range.lowerBound <= last.range.upperBound {
        let end = max(last.range.upperBound, cut.range.upperBound)
        merged[merged.count - 1].range = last.range.lowerBound..<end
        if cut.leavesGap { merged[merged.count - 1].leavesGap = true }
      } else {
        merged.append(cut)
      }
    }
    return merged
  }

  /// How many bytes are cut from the steps; grows with every cut.
  var cutBytes: Int {
    steps.indices.reduce(0) { sum, step in
      sum
        + (removed[step] == nil
          ? cuts[step].reduce(0) { $0 + $1.range.count } : steps[step].range.count)
    }
  }

  /// The pieces of a step that are left.
  func pieces(of step: Int) -> [Range<Int>] {
    guard removed[step] == nil else { return [] }
    var pieces: [Range<Int>] = []
    var start = steps[step].range.lowerBound
    for cut in cuts[step] {
      if start < cut.range.lowerBound { pieces.append(start..<cut.range.lowerBound) }
      start = cut.range.upperBound
    }
    if start < steps[step].range.upperBound { pieces.append(start..<steps[step].range.upperBound) }
    return pieces
  }

  // MARK: Result

  /// What was cut, in the order of the trace, with the reason.
  var removals: [(range: Range<Int>, reason: String)] {
    var removals = outside.map { (range: $0, reason: HintReason.thinking) }
    for (index, step) in steps.enumerated() {
      if let reason = removed[index] {
        removals.append((step.range, reason))
      } else {
        removals += cuts[index].map { ($0.range, $0.reason) }
      }
    }
    return removals.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
