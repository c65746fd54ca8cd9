internal import TandemMath

/// The rows of one step: the tokens of all its chunks, one behind the other.
struct StepRows {
  /// The token of every row.
  private(set) var tokens: [Int32] = []
  /// Its position in its sequence.
  private(set) var positions: [Int32] = []
  /// The rows that need logits, ascending.
  private(set) var wanted: [Int] = []
  private let chunks: [Chunk]
  /// The pages of all chunks, one behind the other.
  private var tables: [Int32] = []

  init(_ chunks: [Chunk]) {
    self.chunks = chunks
    for chunk in chunks {
      tokens += chunk.tokens
      positions += (0..<chunk.tokens.count).map { Int32(chunk.position + $0) }
      wanted += (tokens.count - chunk.wantedCount)..<tokens.count
      tables += chunk.pages
    }
  }

  /// The number of rows.
  var count: Int { tokens.count }

  /// Gives the rows of every sequence, with its pages, to `body`.
  ///
  /// - Parameter wanted: whether the rows that need no logits are left out, the others being numbered anew.
  func withSegments(
    wanted: Bool = false, _ body: (UnsafeBufferPointer<Attention.Segment>) -> Void
  ) {
    tables.withUnsafeBufferPointer { tables in
      var row = 0
      var page = 0
      let segments = chunks.map { chunk in
        let count = wanted ? chunk.wantedCount : chunk.tokens.count
        defer {
          row += count
          page += chunk.pages.count
        }
        return Attention.Segment(
          firstRow: row, count: count, firstPosition: chunk.position + chunk.tokens.count - count,
          table: UnsafeBufferPointer(rebasing: tables[page..<page + chunk.pages.count]))
      }
      segments.withUnsafeBufferPointer(body)
    }
  }
}
