internal import CKernels

/// Where keys and values lie in a page of the cache; owns the arithmetic.
///
/// A page serves one layer and `positions` consecutive positions of one sequence. For every key-value head it holds the keys in panels
/// of 16 positions and then the values, position by position.
package struct KeyValueLayout: Sendable, Equatable {
  package let heads: Int
  package let headDimension: Int
  /// Positions in a page, a multiple of 16.
  package let positions: Int

  /// A layout of pages for `positions` positions, rounded up to a multiple of 16.
  package init(heads: Int, headDimension: Int, positions: Int = 64) {
    self.heads = heads
    self.headDimension = headDimension
    self.positions = max((positions + lanes - 1) / lanes * lanes, lanes)
  }

  /// Floats of a page of one layer.
  package var pageFloats: Int {
    heads * positions * (headDimension + (headDimension + lanes - 1) / lanes * lanes)
  }

  /// Pages that `count` positions take.
  package func pages(for count: Int) -> Int { (count + positions - 1) / positions }

  /// Writes keys and values, each [rows, heads * headDimension], of consecutive positions.
  ///
  /// - Parameters:
  ///   - keys: rotated keys.
  ///   - values: as the projection gives them.
  ///   - firstPosition: position of the first row in its sequence.
  ///   - cache: the layer's pages.
  ///   - table: the sequence's pages, in order.
  package func write(
    keys: Rows, values: Rows, firstPosition: Int, to cache: CachePages,
    table: UnsafeBufferPointer<Int32>
  ) {
    let width = heads * headDimension
    precondition(keys.width == width && values.width == width, "keys and values are not \(width)")
    precondition(keys.count == values.count, "\(keys.count) keys, \(values.count) values")
    precondition(
      firstPosition >= 0 && pages(for: firstPosition + keys.count) <= table.count,
      "\(table.count) pages for \(firstPosition + keys.count) positions")
    for row in 0..<keys.count {
      let position = firstPosition + row
      ck_cache_write(
        cache.base + Int(table[position / positions]) * cache.stride, positions, heads,
        headDimension, position % positions, keys.pointer(row), values.pointer(row))
    }
  }
}

/// The pages of one layer: page i starts `i * stride` floats after `base`.
package struct CachePages {
  package let base: UnsafeMutablePointer<Float>
  package let stride: Int

  package init(base: UnsafeMutablePointer<Float>, stride: Int) {
    self.base = base
    self.stride = stride
  }
}
