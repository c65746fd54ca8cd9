/// A factor of a product: a matrix, or a matrix that is read with rows and columns exchanged.
protocol Operand {
  var matrix: Matrix { get }
  var isTransposed: Bool { get }
  /// Some of the rows of what is read.
  func rows(_ range: Range<Int>) -> Self
  /// Some of the columns of what is read.
  func columns(_ range: Range<Int>) -> Self
}

extension Operand {
  var rowCount: Int { isTransposed ? matrix.columns : matrix.rows }
  var columnCount: Int { isTransposed ? matrix.rows : matrix.columns }
}

extension Matrix: Operand {
  var matrix: Matrix { self }
  var isTransposed: Bool { false }
  /// The matrix with rows and columns exchanged; nothing is moved.
  var transposed: Transposed { Transposed(matrix: self) }
}

/// A matrix that is read with rows and columns exchanged.
struct Transposed: Operand {
  let matrix: Matrix

  var isTransposed: Bool { true }
  func rows(_ range: Range<Int>) -> Transposed { matrix.columns(range).transposed }
  func columns(_ range: Range<Int>) -> Transposed { matrix.rows(range).transposed }
}
