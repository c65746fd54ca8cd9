import TandemMath

/// Products of the shapes of a model of half a billion parameters.
struct ProductBench {
  let limits: MachineLimits

  private struct Kind {
    let name: String
    let storage: PackedMatrix.Storage
    let precision: Precision
  }

  private let shapes = [(896, 896), (4864, 896), (896, 4864), (151_936, 896)]
  private let kinds = [
    Kind(name: "f32", storage: .float32, precision: .float32),
    Kind(name: "bf16", storage: .bfloat16, precision: .float32),
    Kind(name: "bf16 products", storage: .bfloat16, precision: .bfloat16),
    Kind(name: "int8", storage: .int8, precision: .float32),
  ]

  func run() throws {
    print(
      """

      | outputs x inputs | weights | rows | ms | GFLOP/s | share of peak | GB/s | share of read |
      |---|---|---|---|---|---|---|---|
      """)
    let workers = Workers(threads: 1)
    for (outputs, inputs) in shapes {
      for kind in kinds {
        let matrices = try copies(outputs, inputs, kind.storage, workers)
        for rows in [1, 16, 512] {
          let seconds = try measure(matrices, rows: rows, kind.precision, workers)
          let operations = 2 * Double(rows * outputs * inputs) / seconds
          let bytes = Double(matrices[0].byteCount) / seconds
          print(
            "| \(outputs) x \(inputs) | \(kind.name) | \(rows) | \(hundredths(seconds * 1e3)) "
              + "| \(rounded(operations / 1e9)) | \(hundredths(operations / limits.operations)) "
              + "| \(rounded(bytes / 1e9)) | \(hundredths(bytes / limits.bytesRead)) |")
        }
      }
    }
  }

  /// So many equal matrices that a round through them finds nothing in the cache.
  private func copies(
    _ outputs: Int, _ inputs: Int, _ storage: PackedMatrix.Storage, _ workers: Workers
  ) throws -> [PackedMatrix] {
    let weights = (0..<outputs * inputs).map { UInt16(0x3c00 + $0 % 251) }
    return try weights.withUnsafeBytes { bytes in
      let tensor = TensorBytes(bytes, element: .bfloat16, rows: outputs)
      let first = try PackedMatrix([tensor], inputs: inputs, storage: storage, workers: workers)
      let more = (200 << 20) / first.byteCount
      return try [first]
        + (0..<more).map { _ in
          try PackedMatrix([tensor], inputs: inputs, storage: storage, workers: workers)
        }
    }
  }

  private func measure(
    _ matrices: [PackedMatrix], rows: Int, _ precision: Precision, _ workers: Workers
  ) throws -> Double {
    let (outputs, inputs) = (matrices[0].outputs, matrices[0].inputs)
    let (input, output) = (
      try FloatBuffer(capacity: rows * inputs), try FloatBuffer(capacity: rows * outputs)
    )
    let (x, y) = (input.rows(rows, width: inputs), output.rows(rows, width: outputs))
    for i in 0..<rows * inputs { input.base[i] = Float(i % 17) * 0.1 }
    let rounds = rows > 16 ? 2 : max(matrices.count, 4)
    return (0..<4).map { _ in
      ProcessorTime.measure {
        for round in 0..<rounds {
          matrices[round % matrices.count].multiply(x, into: y, precision: precision, on: workers)
        }
      } / Double(rounds)
    }.min() ?? .nan
  }
}
