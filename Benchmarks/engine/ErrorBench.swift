import TandemMath

/// How far products are from float64 with weights drawn from a normal distribution, in every storage.
struct ErrorBench {
  private let rows = 4
  private let outputs = 256

  func run() throws {
    print("\n| inputs | weights | relative error (root mean square) |\n|---|---|---|")
    for inputs in [896, 4864] {
      let weights = normal(outputs * inputs, seed: 1)
      let values = normal(rows * inputs, seed: 2)
      let exact = product(values, weights, inputs: inputs)
      for (name, storage, precision) in [
        ("f32", PackedMatrix.Storage.float32, Precision.float32), ("bf16", .bfloat16, .float32),
        ("bf16 products", .bfloat16, .bfloat16), ("int8", .int8, .float32),
      ] {
        let found = try product(values, weights, inputs: inputs, storage, precision)
        let error = zip(found, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let norm = exact.reduce(0) { $0 + $1 * $1 }
        print("| \(inputs) | \(name) | \((error / norm).squareRoot()) |")
      }
    }
  }

  private func product(
    _ values: [Float], _ weights: [Float], inputs: Int, _ storage: PackedMatrix.Storage,
    _ precision: Precision
  ) throws -> [Double] {
    let workers = Workers(threads: 1)
    let matrix = try weights.withUnsafeBytes { bytes in
      try PackedMatrix(
        [TensorBytes(bytes, element: .float32, rows: outputs)], inputs: inputs, storage: storage,
        workers: workers)
    }
    let input = try FloatBuffer(capacity: values.count)
    for (i, value) in values.enumerated() { input.base[i] = value }
    let output = try FloatBuffer(capacity: rows * outputs)
    matrix.multiply(
      input.rows(rows, width: inputs), into: output.rows(rows, width: outputs),
      precision: precision, on: workers)
    return (0..<rows * outputs).map { Double(output.base[$0]) }
  }

  private func product(_ values: [Float], _ weights: [Float], inputs: Int) -> [Double] {
    (0..<rows * outputs).map { i in
      let (row, output) = (i / outputs * inputs, i % outputs * inputs)
      return (0..<inputs).reduce(0) {
        $0 + Double(values[row + $1]) * Double(weights[output + $1])
      }
    }
  }

  /// Sums of twelve uniform numbers, less six: near enough to normal.
  private func normal(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      (0..<12).reduce(Float(-6)) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return sum + Float(state >> 40) / Float(1 << 24)
      }
    }
  }
}
