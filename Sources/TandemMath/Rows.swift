/// A view of a row-major float matrix in someone else's memory: `count` rows of `width` floats, `stride` apart.
package struct Rows {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int
  package let width: Int
  /// Floats between the starts of two rows.
  package let stride: Int

  package init(base: UnsafeMutablePointer<Float>, count: Int, width: Int, stride: Int? = nil) {
    self.base = base
    self.count = count
    self.width = width
    self.stride = stride ?? width
  }

  /// One row.
  package subscript(row: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: pointer(row), count: width)
  }

  /// The start of one row.
  func pointer(_ row: Int) -> UnsafeMutablePointer<Float> {
    precondition(row >= 0 && row < max(count, 1), "row \(row) of \(count)")
    return base + row * stride
  }

  /// Some of the rows.
  package func rows(_ range: Range<Int>) -> Rows {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "rows \(range) of \(count)")
    return Rows(
      base: base + range.lowerBound * stride, count: range.count, width: width, stride: stride)
  }

  /// Some of the columns of every row.
  package func columns(_ range: Range<Int>) -> Rows {
    precondition(range.lowerBound >= 0 && range.upperBound <= width, "columns \(range) of \(width)")
    return Rows(base: base + range.lowerBound, count: count, width: range.count, stride: stride)
  }
}
