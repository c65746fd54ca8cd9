internal import CKernels

/// The gate of the feed-forward layer: y = silu(gate) * up with silu(g) = g / (1 + exp(-g)).
///
/// All are [rows, width]; y may be gate or up.
package func siluMultiply(gate: Rows, up: Rows, into y: Rows, on workers: Workers) {
  precondition(gate.width == up.width && up.width == y.width, "widths of gate, up and y differ")
  precondition(gate.count == up.count && up.count == y.count, "rows of gate, up and y differ")
  let kernels = workers.kernels
  workers.split(y.count, cost: 16 * y.width) { range, _ in
    for row in range {
      kernels.pointee.silu_multiply(gate.pointer(row), up.pointer(row), y.width, y.pointer(row))
    }
  }
}

/// Adds x to y; both are [rows, width].
package func add(_ x: Rows, to y: Rows, on workers: Workers) {
  precondition(x.width == y.width && x.count == y.count, "shapes of x and y differ")
  let kernels = workers.kernels
  workers.split(y.count, cost: 2 * y.width) { range, _ in
    for row in range { kernels.pointee.add(x.pointer(row), y.width, y.pointer(row)) }
  }
}
