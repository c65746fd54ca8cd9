internal import Glibc

/// How much the log-determinant of the similarities falls when a trace is left out, normalised.
///
/// With S the similarities and M = I + 4 S the gain of trace i is ln det M - ln det M without i = -ln (M^-1)_ii, over
/// ln 5: 1 for a trace orthogonal to all others, -ln(1 - 4 / (1 + 4 n)) / ln 5 for each of n identical ones. M has no
/// eigenvalue below 1.
enum LogDetExploration {
  /// The factor of the similarities.
  static let gain = 4.0

  static func values(_ similarity: SimilarityMatrix) -> [Double] {
    let matrix = Cholesky(order: similarity.count) { i, j in
      gain * similarity.similarity(i, j) + (i == j ? 1 : 0)
    }
    return matrix.inverseDiagonal.map { -log($0) / log(1 + gain) }
  }
}

/// The factor L of a symmetric positive definite matrix L L^T.
struct Cholesky {
  private let order: Int
  /// Row by row, order x order; only the lower triangle is used.
  private var lower: [Double]

  /// Factors the matrix with these elements; the element function is called for `i >= j`.
  init(order: Int, _ element: (Int, Int) -> Double) {
    self.order = order
    lower = [Double](repeating: 0, count: order * order)
    for i in 0..<order {
      for j in 0...i {
        var sum = element(i, j)
        for k in 0..<j { sum -= lower[i * order + k] * lower[j * order + k] }
        lower[i * order + j] = i == j ? sum.squareRoot() : sum / lower[j * order + j]
      }
    }
  }

  /// The diagonal of the inverse: column sums of the squares of L^-1.
  var inverseDiagonal: [Double] {
    (0..<order).map { column in
      var solution = [Double](repeating: 0, count: order)
      var squares = 0.0
      for i in column..<order {
        var sum = i == column ? 1.0 : 0.0
        for k in column..<i { sum -= lower[i * order + k] * solution[k] }
        solution[i] = sum / lower[i * order + i]
        squares += solution[i] * solution[i]
      }
      return squares
    }
  }
}
