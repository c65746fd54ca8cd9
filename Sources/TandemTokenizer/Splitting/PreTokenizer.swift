/// How text is split into the pieces that the model sees one at a time.
struct PreTokenizer: Sendable {
  /// One pass over the pieces of the pass before.
  enum Step: Sendable {
    /// By one of the known patterns.
    case scan(PieceScanner)
    /// By any pattern.
    case pattern(PatternSplitter)
    /// A space in front of every piece that has none.
    case prefixSpace
    /// At white space, which is dropped.
    case whiteSpace
    /// Words and runs of symbols apart; white space is dropped.
    case words
  }

  /// The passes, in order.
  var steps: [Step]

  /// The scanner, when it is all there is to do.
  var onlyScanner: PieceScanner? {
    if case .scan(let scanner)? = steps.first, steps.count == 1 { scanner } else { nil }
  }

  /// The pieces of well-formed UTF-8.
  func pieces(of text: [UInt8]) -> [[UInt8]] {
    steps.reduce(text.isEmpty ? [] : [text]) { pieces, step in
      pieces.flatMap { Self.apply(step, to: $0) }
    }
  }

  private static func apply(_ step: Step, to piece: [UInt8]) -> [[UInt8]] {
    let text = piece.span
    switch step {
    case .prefixSpace: return piece.first == 0x20 ? [piece] : [[0x20] + piece]
    case .pattern(let splitter): return cut(text, at: splitter.ends(in: text))
    case .scan(let scanner):
      var ends: [Int] = []
      while case let start = ends.last ?? 0, start < text.count {
        ends.append(
          scanner.end(
            ofPieceAt: start, in: text, until: text.count, classes: ScalarClasses.shared))
      }
      return cut(text, at: ends)
    case .whiteSpace: return runs(text) { ScalarClasses.isSpace($0) ? nil : 0 }
    case .words:
      return runs(text) {
        ScalarClasses.isWord($0) ? 1 : ScalarClasses.isSpace($0) ? nil : 2
      }
    }
  }

  private static func cut(_ text: Span<UInt8>, at ends: [Int]) -> [[UInt8]] {
    var start = 0
    var pieces: [[UInt8]] = []
    for end in ends {
      pieces.append(text.array(start..<end))
      start = end
    }
    return pieces
  }

  /// Runs of scalars of one kind, without those of none.
  private static func runs(_ text: Span<UInt8>, kind: (Unicode.Scalar) -> Int?) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var current: Int?
    var index = 0
    while index < text.count {
      let (value, length) = text.scalar(at: index)
      let next = Unicode.Scalar(value).flatMap(kind)
      if let next {
        if next != current { pieces.append([]) }
        pieces[pieces.count - 1].append(contentsOf: text.array(index..<index + length))
      }
      current = next
      index += length
    }
    return pieces
  }
}
