internal import Glibc

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
        let (gate, up, h) = (gateUp.row(row), gateUp.row(row) + width, h.row(row))
        let whole = width & ~7
        for index in stride(from: 0, to: whole, by: 8) {
          let g = Lanes(at: gate + index)
          (g * Lanes(at: up + index) / (1 + (-g).exponential)).store(at: h + index)
        }
        for index in whole..<width { h[index] = gate[index] * up[index] / (1 + exp(-gate[index])) }
      }
    }
  }

  /// With s = 1 / (1 + e^-g): dg = dh u s (1 + g (1 - s)) and du = dh g s.
  ///
  /// - Parameters:
  ///   - dh: `[rows, width]`.
  ///   - gateUp: g, then u, `[rows, 2 * width]`; replaced by dg, then du.
  static func backward(_ dh: Matrix, gateUp: Matrix, into dGateUp: Matrix, _ workers: Workers) {
    let width = dh.columns
    workers.forEachRange(of: dh.rows, size: rowsAtOnce) { rows, _ in
      for row in rows {
        let (gate, up, dh) = (gateUp.row(row), gateUp.row(row) + width, dh.row(row))
        let (dGate, dUp) = (dGateUp.row(row), dGateUp.row(row) + width)
        let whole = width & ~7
        for index in stride(from: 0, to: whole, by: 8) {
          let (g, u, d) = (Lanes(at: gate + index), Lanes(at: up + index), Lanes(at: dh + index))
          let s = 1 / (1 + (-g).exponential)
          (d * u * s * (1 + g * (1 - s))).store(at: dGate + index)
          (d * g * s).store(at: dUp + index)
        }
        for index in whole..<width {
          let (g, u, d) = (gate[index], up[index], dh[index])
          let s = 1 / (1 + exp(-g))
          dGate[index] = d * u * s * (1 + g * (1 - s))
          dUp[index] = d * g * s
        }
      }
    }
  }

  private static let rowsAtOnce = 32
}
