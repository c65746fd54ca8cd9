/// A view of numbers in rows; views of one memory share it.
struct Matrix {
  private let memory: FloatMemory
  /// The first number of the first row.
  let base: UnsafeMutablePointer<Float>
  let rows: Int
  let columns: Int
  /// The distance from row to row, at least `columns`.
  let stride: Int

  /// A view of `rows` times `columns` numbers from `offset` on, row after row.
  init(_ memory: FloatMemory, offset: Int = 0, rows: Int, columns: Int) {
    self.init(memory, base: memory.base + offset, rows: rows, columns: columns, stride: columns)
    precondition(
      offset >= 0 && rows >= 0 && columns >= 0 && offset + rows * columns <= memory.count,
      "\(rows) x \(columns) from \(offset) on do not fit \(memory.count) numbers")
  }

  /// A matrix of its own, zero at first.
  init(rows: Int, columns: Int) throws(TrainingError) {
    self.init(try FloatMemory(count: rows * columns), rows: rows, columns: columns)
  }

  private init(
    _ memory: FloatMemory, base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int
  ) {
    self.memory = memory
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// The first number of a row.
  func row(_ index: Int) -> UnsafeMutablePointer<Float> {
    base + index * stride
  }

  /// Some of the rows.
  func rows(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return Matrix(
      memory, base: row(range.lowerBound), rows: range.count, columns: columns, stride: stride)
  }

  /// Some of the columns.
  func columns(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(columns)")
    return Matrix(
      memory, base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// Sets every number.
  func fill(_ value: Float) {
    for index in 0..<rows { row(index).update(repeating: value, count: columns) }
  }

  /// Takes the numbers of an array, row after row.
  func copy(_ values: [Float]) {
    precondition(values.count == rows * columns, "\(values.count) numbers for \(rows) x \(columns)")
    values.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      for index in 0..<rows { row(index).update(from: start + index * columns, count: columns) }
    }
  }

  /// Takes the numbers of a matrix of the same shape.
  func copy(_ other: Matrix) {
    precondition(other.rows == rows && other.columns == columns, "shapes differ")
    for index in 0..<rows { row(index).update(from: other.row(index), count: columns) }
  }

  /// Multiplies each row with its number; no numbers leave all as they are.
  func scaleRows(_ factors: [Float]) {
    for (index, factor) in factors.enumerated() {
      let row = row(index)
      for column in 0..<columns { row[column] *= factor }
    }
  }

  /// The numbers, row after row.
  var values: [Float] {
    [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
      if let start = buffer.baseAddress {
        for index in 0..<rows {
          (start + index * columns).initialize(from: row(index), count: columns)
        }
      }
      count = rows * columns
    }
  }
}

/// Matrices one after another in the memory of a lane, which is one row of a scratch matrix.
struct Bump {
  private let scratch: Matrix
  private let lane: Int
  private var used = 0

  init(_ scratch: Matrix, _ lane: Int) {
    self.scratch = scratch
    self.lane = lane
  }

  /// The next matrix; its numbers are those that were left there.
  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    let start = used
    used += rows * columns
    precondition(used <= scratch.columns, "scratch of \(scratch.columns) is too small")
    return scratch.reshaped(from: scratch.row(lane) + start, rows: rows, columns: columns)
  }
}

extension Matrix {
  /// Numbers of the same memory as a matrix of another shape.
  fileprivate func reshaped(
    from start: UnsafeMutablePointer<Float>, rows: Int, columns: Int
  ) -> Matrix {
    Matrix(memory, base: start, rows: rows, columns: columns, stride: columns)
  }
}
