internal import CElementwise

/// h = silu(g) * u with silu(g) = g / (1 + e^-g); g and u stand side by side.
///
/// Shazeer, https://arxiv.org/abs/2002.05202.
enum SwiGLU {
  /// - Parameters:
  ///   - gateUp: g, then u, `[rows, 2 * width]`.
  ///   - h: `[rows, width]`.
  static func forward(_ gateUp: Matrix, into h: Matrix, _ workers: Workers) {
    let width = h.columns
    workers.forEachRange(of: h.rows, size: rowsAtOnce) { rows, _ in
      for row in rows {
        let gate = gateUp.row(row)
        ce_swiglu(gate, gate + width, h.row(row), width)
      }
    }
  }

  /// With s = 1 / (1 + e^-g): dg = dh u s (1 + g (1 - s)) and du = dh g s.
  ///
  /// - Parameters:
  ///   - dh: `[rows, width]`; replaced by h, which nobody kept.
  ///   - gateUp: g, then u, `[rows, 2 * width]`.
  ///   - dGateUp: dg, then du, `[rows, 2 * width]`.
  static func backward(
    _ dh: Matrix, gateUp: Matrix, into dGateUp: Matrix, _ workers: Workers
  ) {
    let width = dh.columns
    workers.forEachRange(of: dh.rows, size: rowsAtOnce) { rows, _ in
      for row in rows {
        let (gate, dGate) = (gateUp.row(row), dGateUp.row(row))
        ce_swiglu_backward(gate, gate + width, dh.row(row), dGate, dGate + width, width)
      }
    }
  }

  private static let rowsAtOnce = 32
}
