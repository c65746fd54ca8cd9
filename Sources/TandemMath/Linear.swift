internal import CKernels

/// What activations are multiplied as.
package enum Precision: Sendable {
  /// Activations and sums in float32; the weights are widened exactly.
  case float32
  /// Activations rounded to bfloat16, products exact, sums in float32; only for weights kept in bfloat16.
  ///
  /// Twice as fast where the processor has the instruction, emulated bit for bit elsewhere.
  case bfloat16
}

extension PackedMatrix {
  /// Computes y = x W^T + bias: x is [rows, inputs], y is [rows, outputs].
  ///
  /// A NaN or infinity in a row of x spreads in that row of y alone, by the rules of float arithmetic.
  package func multiply(
    _ x: Rows, plus bias: Vector? = nil, into y: Rows, precision: Precision = .float32,
    on workers: Workers
  ) {
    precondition(bias.map { $0.count == outputs } ?? true, "the bias has not \(outputs) values")
    product(x, y, precision, ending: .store, bias: bias?.base, scale: 1, workers)
  }

  /// Computes y = y + scale (x W^T): x is [rows, inputs], y is [rows, outputs].
  package func multiplyAdding(
    _ x: Rows, scale: Float = 1, into y: Rows, precision: Precision = .float32, on workers: Workers
  ) {
    product(x, y, precision, ending: .add, bias: nil, scale: scale, workers)
  }

  private func product(
    _ x: Rows, _ y: Rows, _ precision: Precision, ending: ck_ending, bias: UnsafePointer<Float>?,
    scale: Float, _ workers: Workers
  ) {
    precondition(x.width == inputs, "x has \(x.width) columns instead of \(inputs)")
    precondition(y.width == outputs, "y has \(y.width) columns instead of \(outputs)")
    precondition(x.count == y.count, "x has \(x.count) rows and y has \(y.count)")
    precondition(
      precision == .float32 || storage == .bfloat16, "bfloat16 products need bfloat16 weights")
    guard x.count > 0, outputs > 0 else { return }
    var matrix = description
    withUnsafePointer(to: &matrix) { matrix in
      let job = Product(
        matrix: matrix, x: x, y: y, bfloat16: precision == .bfloat16, ending: ending, bias: bias,
        scale: scale, kernels: workers.kernels)
      job.run(workers)
    }
  }
}

/// One product on its way through the kernels.
private struct Product {
  let matrix: UnsafePointer<ck_matrix>
  let x: Rows
  let y: Rows
  let bfloat16: Bool
  let ending: ck_ending
  let bias: UnsafePointer<Float>?
  let scale: Float
  let kernels: UnsafePointer<ck_kernels>

  private var inputs: Int { matrix.pointee.inputs }
  private var panels: Int { (matrix.pointee.outputs + lanes - 1) / lanes }
  private var packedWidth: Int { bfloat16 ? (inputs + 1) / 2 : inputs }

  func run(_ workers: Workers) {
    if x.count == 1 && !bfloat16 {
      multiply(x.base, rows: 0..<1, workers)
      return
    }
    let packed = workers.scratch(floats: x.count * packedWidth)
    let block = 4 * kernels.pointee.tile_rows
    let blocks = (x.count + block - 1) / block
    if panels < 4 * workers.threads && blocks > 1 {
      // Few outputs cannot feed all threads: the rows are split instead.
      workers.split(blocks, cost: block * inputs * panels * lanes) { range, _ in
        for index in range {
          let rows = index * block..<min((index + 1) * block, x.count)
          pack(rows, tiles: 0..<tiles(rows.count), into: packed)
          multiplyPanels(packed, rows: rows, 0..<panels)
        }
      }
    } else {
      let rows = 0..<x.count
      // Packing moves memory, which costs more than a multiply-add.
      workers.split(tiles(x.count), cost: x.count / tiles(x.count) * inputs * 4) { range, _ in
        pack(rows, tiles: range, into: packed)
      }
      multiply(packed, rows: rows, workers)
    }
  }

  private func tiles(_ rows: Int) -> Int {
    let tile = kernels.pointee.tile_rows
    return (rows + tile - 1) / tile
  }

  /// Packs some tiles of a block of rows to its place in `packed`.
  private func pack(
    _ rows: Range<Int>, tiles: Range<Int>, into packed: UnsafeMutablePointer<Float>
  ) {
    let source = x.base + rows.lowerBound * x.stride
    let target = packed + rows.lowerBound * packedWidth
    if bfloat16 {
      target.withMemoryRebound(to: UInt32.self, capacity: rows.count * packedWidth) {
        kernels.pointee.pack_rows_bfloat16(
          source, x.stride, rows.count, inputs, tiles.lowerBound, tiles.upperBound, $0)
      }
    } else {
      kernels.pointee.pack_rows(
        source, x.stride, rows.count, inputs, tiles.lowerBound, tiles.upperBound, target)
    }
  }

  private func multiply(_ packed: UnsafePointer<Float>, rows: Range<Int>, _ workers: Workers) {
    workers.split(panels, cost: rows.count * inputs * lanes, multiple: Int(ck_block_panels)) {
      range, _ in
      multiplyPanels(packed, rows: rows, range)
    }
  }

  private func multiplyPanels(
    _ packed: UnsafePointer<Float>, rows: Range<Int>, _ range: Range<Int>
  ) {
    var product = ck_product(
      x: UnsafeRawPointer(packed + rows.lowerBound * packedWidth), rows: rows.count,
      bfloat16: bfloat16, y: y.base + rows.lowerBound * y.stride, y_stride: y.stride,
      ending: ending, bias: bias, scale: scale)
    kernels.pointee.multiply(matrix, &product, range.lowerBound, range.upperBound)
  }
}
