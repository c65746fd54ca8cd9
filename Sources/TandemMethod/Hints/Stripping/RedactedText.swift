internal import TandemAnswers

/// The text that is left of a trace, and the way back from it.
struct RedactedText {
  /// A run of the text.
  private struct Run {
    /// Where it begins in the text.
    var start: Int
    var length: Int
    /// Where it begins in the trace; nil for a gap and for the blanks between steps.
    var source: Int?
    var step: Int
  }

  private(set) var bytes: [UInt8] = []
  private var runs: [Run] = []

  /// The text of the steps that are left.
  init(_ redaction: Redaction) {
    var previous: Int?
    for step in redaction.kept {
      if let previous { append(Self.separator(redaction, previous, step), source: nil, step: step) }
      previous = step
      var start = redaction.steps[step].range.lowerBound
      for cut in redaction.cuts[step] {
        append(redaction.bytes[start..<cut.range.lowerBound], source: start, step: step)
        if cut.leavesGap { append(redaction.gap[...], source: nil, step: step) }
        start = cut.range.upperBound
      }
      let end = redaction.steps[step].range.upperBound
      append(redaction.bytes[start..<end], source: start, step: step)
    }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  private mutating func append(_ more: ArraySlice<UInt8>, source: Int?, step: Int) {
    guard !more.isEmpty else { return }
    runs.append(Run(start: bytes.count, length: more.count, source: source, step: step))
    bytes += more
  }

  /// What stands between two steps: the blanks of the trace, or the widest of them when steps between were cut.
  private static func separator(_ redaction: Redaction, _ a: Int, _ b: Int) -> ArraySlice<UInt8> {
    let between =
      redaction.steps[a].range.upperBound..<redaction.steps[b].range.lowerBound
    let blanks = redaction.bytes[between]
    if b == a + 1, blanks.allSatisfy([UInt8].isBlank) { return blanks }
    var widest = 0
    for step in a..<b {
      let gap = redaction.steps[step].range.upperBound..<redaction.steps[step + 1].range.lowerBound
      widest = max(widest, redaction.bytes[gap].count { $0 == 0x0A })
    }
    guard widest > 0 else { return [0x20] }
    let indent = blanks.reversed().prefix { $0 == 0x20 || $0 == 0x09 }
    return ArraySlice([UInt8](repeating: 0x0A, count: min(widest, 2)) + indent.reversed())
  }

  /// What a piece of the text was made from: ranges of the trace, and the steps with the gaps it touches.
  func origin(of range: Range<Int>) -> (source: [Range<Int>], steps: Set<Int>) {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].start + runs[middle].length <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var source: [Range<Int>] = []
    var steps: Set<Int> = []
    while low < runs.count, runs[low].start < range.upperBound {
      let run = runs[low]
      let first = max(range.lowerBound, run.start) - run.start
      let last = min(range.upperBound, run.start + run.length) - run.start
      steps.insert(run.step)
      if let start = run.source, first < last { source.append((start + first)..<(start + last)) }
      low += 1
    }
    return (source, steps)
  }

  /// The bytes behind a range of code points.
  func byteRanges(_ spans: [Range<Int>]) -> [Range<Int>] {
    CodePoints.byteRanges(spans, in: bytes)
  }
}
