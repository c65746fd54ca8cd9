internal import COpenBLAS

/// Matrix products by OpenBLAS, each on the thread that asks for it.
///
/// The same call on the same numbers gives the same bits; threads are ours and never change what a call is asked for.
enum BLAS {
  /// Keeps OpenBLAS from starting threads; read before every product.
  private static let isSerial: Bool = {
    openblas_set_num_threads(1)
    return openblas_get_num_threads() == 1
  }()

  /// The kernels that OpenBLAS chose for this processor.
  static var core: String { String(cString: openblas_get_corename()) }

  /// `result = scale * a b`, or added to what `result` holds.
  static func multiply(
    _ a: some Operand, _ b: some Operand, scale: Float = 1, into result: Matrix,
    adding: Bool = false
  ) {
    let (m, k, n) = (a.rowCount, a.columnCount, b.columnCount)
    precondition(
      k == b.rowCount && result.rows == m && result.columns == n,
      "\(m) x \(k) times \(b.rowCount) x \(n) into \(result.rows) x \(result.columns)")
    precondition(isSerial, "OpenBLAS insists on threads of its own")
    guard m > 0, n > 0 else { return }
    guard k > 0 else {
      if !adding { result.fill(0) }
      return
    }
    cblas_sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans,
      b.isTransposed ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k), scale,
      a.matrix.base, blasint(a.matrix.stride), b.matrix.base, blasint(b.matrix.stride),
      adding ? 1 : 0, result.base, blasint(result.stride))
  }
}
