internal import CKernels

/// Causal attention with grouped queries over a paged cache, for any number of sequences at once.
///
/// A query at position p sees the keys 0 ... p of its own sequence. The scores are scaled, softmax takes the row's own maximum,
/// and the values are added in one chain over the positions. So a query's result is the same bits whatever other queries are computed
/// with it and wherever the pages lie.
package struct Attention: Sendable {
  /// Consecutive queries of one sequence.
  package struct Segment {
    /// The first of its rows in the queries and the output.
    package let firstRow: Int
    package let count: Int
    /// Position of its first row; keys and values up to its last row are in the cache.
    package let firstPosition: Int
    /// The sequence's pages in order.
    package let table: UnsafeBufferPointer<Int32>

    package init(
      firstRow: Int, count: Int, firstPosition: Int, table: UnsafeBufferPointer<Int32>
    ) {
      self.firstRow = firstRow
      self.count = count
      self.firstPosition = firstPosition
      self.table = table
    }
  }

  package let layout: KeyValueLayout
  /// Query heads that share a key-value head.
  package let group: Int
  /// Multiplies the scores, usually 1 / sqrt(headDimension).
  package let scale: Float

  /// - Parameters:
  ///   - layout: of the cache.
  ///   - queryHeads: a multiple of the layout's heads.
  ///   - scale: multiplies the scores.
  package init(layout: KeyValueLayout, queryHeads: Int, scale: Float) {
    precondition(
      queryHeads % max(layout.heads, 1) == 0, "\(queryHeads) queries, \(layout.heads) keys")
    self.layout = layout
    group = queryHeads / max(layout.heads, 1)
    self.scale = scale
  }

  /// Attends: queries (rotated) and output are [rows, queryHeads * headDimension].
  package func callAsFunction(
    _ queries: Rows, segments: UnsafeBufferPointer<Segment>, cache: CachePages, into output: Rows,
    on workers: Workers
  ) {
    let width = layout.heads * group * layout.headDimension
    precondition(queries.width == width && output.width == width, "rows are not \(width) wide")
    var last = 0
    var blocks = 0
    for segment in segments {
      let end = segment.firstPosition + segment.count
      precondition(segment.firstRow + segment.count <= min(queries.count, output.count))
      precondition(layout.pages(for: end) <= segment.table.count, "too few pages for \(end)")
      last = max(last, end)
      blocks += self.blocks(segment)
    }
    guard blocks > 0, layout.heads > 0 else { return }
    let perLane = (ck_attention_scratch(layout.headDimension, last) + lanes) / lanes * lanes
    let scratch = workers.scratch(floats: perLane * workers.threads)
    let kernels = workers.kernels
    workers.split(blocks * layout.heads, cost: group * last * layout.headDimension * 8) {
      range, lane in
      for item in range {
        attend(
          block: item / layout.heads, head: item % layout.heads, queries, segments, cache, output,
          kernels, scratch + lane * perLane)
      }
    }
  }

  /// Positions that one thread takes at a time.
  private var blockPositions: Int { 32 }

  private func blocks(_ segment: Segment) -> Int {
    (segment.count + blockPositions - 1) / blockPositions
  }

  private func attend(
    block: Int, head: Int, _ queries: Rows, _ segments: UnsafeBufferPointer<Segment>,
    _ cache: CachePages, _ output: Rows, _ kernels: UnsafePointer<ck_kernels>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    var start = block
    for segment in segments {
      guard start >= blocks(segment) else {
        let offset = start * blockPositions
        var queries = ck_queries(
          q: queries.pointer(segment.firstRow + offset), q_stride: queries.stride,
          out: output.pointer(segment.firstRow + offset), out_stride: output.stride,
          first_position: segment.firstPosition + offset,
          count: min(blockPositions, segment.count - offset), heads_per_kv: group, kv_head: head,
          scale: scale)
        guard let table = segment.table.baseAddress else { return }
        var cache = ck_cache(
          pages: cache.base, page_stride: cache.stride, table: table, positions: layout.positions,
          kv_heads: layout.heads, head_dim: layout.headDimension)
        kernels.pointee.attend(&cache, &queries, scratch)
        return
      }
      start -= blocks(segment)
    }
  }
}
