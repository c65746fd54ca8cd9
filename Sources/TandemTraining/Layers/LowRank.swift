/// The thin matrices of LoRA beside a linear layer: y += scale * B (A x) for some of its outputs.
///
/// Hu and others, https://arxiv.org/abs/2106.09685. The A of all projections that the layer stacks are stacked too, so
/// that x is read once; the rank of the stack is `[projections * r]`.
struct LowRank {
  /// One projection's outputs.
  struct Part {
    /// Its outputs among those of the layer.
    let outputs: Range<Int>
    /// Its ranks among those of the stack.
    let ranks: Range<Int>
    /// B, `[outputs, r]`.
    let b: Parameter
  }

  /// The stacked A, `[ranks, inputs]`.
  let a: Parameter
  let parts: [Part]
  let scale: Float

  /// u = x A^T.
  ///
  /// - Parameters:
  ///   - x: `[rows, inputs]`.
  ///   - u: `[rows, ranks]`.
  func forward(_ x: Matrix, into u: Matrix, _ workers: Workers) {
    workers.forEachRange(of: x.rows, size: Self.rowsAtOnce) { rows, _ in
      BLAS.multiply(x.rows(rows), a.value.transposed, into: u.rows(rows))
    }
  }

  /// y += scale * u B^T within a tile of y.
  func add(_ u: Matrix, to y: Matrix, rows: Range<Int>, columns: Range<Int>) {
    for part in parts {
      let shared = part.outputs.clamped(to: columns)
      guard !shared.isEmpty else { continue }
      let start = part.outputs.lowerBound
      BLAS.multiply(
        u.rows(rows).columns(part.ranks),
        part.b.value.rows(shared.lowerBound - start..<shared.upperBound - start).transposed,
        scale: scale, into: y.rows(rows).columns(shared), adding: true)
    }
  }

  /// du = scale * dy B; the layer adds du A to dx.
  ///
  /// - Parameters:
  ///   - dy: `[rows, outputs]`.
  ///   - du: `[rows, ranks]`.
  func backward(_ dy: Matrix, into du: Matrix, _ workers: Workers) {
    workers.forEachRange(of: dy.rows, size: Self.rowsAtOnce) { rows, _ in
      for part in parts {
        BLAS.multiply(
          dy.rows(rows).columns(part.outputs), part.b.value, scale: scale,
          into: du.rows(rows).columns(part.ranks))
      }
    }
  }

  /// dA += du^T x and dB += scale * dy^T u.
  ///
  /// - Parameters:
  ///   - dy: `[rows, outputs]`.
  ///   - x: `[rows, inputs]`.
  ///   - u: what ``forward(_:into:_:)`` made, `[rows, ranks]`.
  ///   - du: what ``backward(_:into:_:)`` made, `[rows, ranks]`.
  func addGradients(_ dy: Matrix, x: Matrix, u: Matrix, du: Matrix, _ workers: Workers) {
    workers.forEachRange(of: x.columns, size: Self.columnsAtOnce) { columns, _ in
      BLAS.multiply(
        du.transposed, x.columns(columns), into: a.gradient.columns(columns), adding: true)
    }
    for part in parts {
      let dyPart = dy.columns(part.outputs)
      workers.forEachRange(of: part.outputs.count, size: Self.columnsAtOnce) { outputs, _ in
        BLAS.multiply(
          dyPart.columns(outputs).transposed, u.columns(part.ranks), scale: scale,
          into: part.b.gradient.rows(outputs), adding: true)
      }
    }
  }

  private static let rowsAtOnce = 256
  private static let columnsAtOnce = 512
}
