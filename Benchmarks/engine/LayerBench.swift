import TandemMath

/// Layers between the products, with the sizes of a model of half a billion parameters.
struct LayerBench {
  private let workers = Workers(threads: 1)
  private let layout = KeyValueLayout(heads: 2, headDimension: 64)
  private let queryHeads = 14
  private let longest = 4096

  func run() throws {
    print("\n| layer | microseconds | |\n|---|---|---|")
    try attention()
    try rows()
  }

  private func attention() throws {
    let pages = layout.pages(for: longest)
    let memory = try FloatBuffer(capacity: pages * layout.pageFloats)
    for i in 0..<memory.capacity { memory.base[i] = Float(i % 101) * 0.01 - 0.5 }
    let cache = CachePages(base: memory.base, stride: layout.pageFloats)
    let width = queryHeads * layout.headDimension
    let (input, output) = (
      try FloatBuffer(capacity: 512 * width), try FloatBuffer(capacity: 512 * width)
    )
    for i in 0..<input.capacity { input.base[i] = Float(i % 89) * 0.02 - 0.9 }
    let attention = Attention(layout: layout, queryHeads: queryHeads, scale: 0.125)
    let table = (0..<Int32(pages)).map { $0 }
    for (first, count) in [(0, 512), (511, 1), (4095, 1), (3584, 512)] {
      let seconds = best(rounds: count == 1 ? 100 : 2) {
        table.withUnsafeBufferPointer { table in
          let segments = [
            Attention.Segment(firstRow: 0, count: count, firstPosition: first, table: table)
          ]
          segments.withUnsafeBufferPointer {
            attention(
              input.rows(count, width: width), segments: $0, cache: cache,
              into: output.rows(count, width: width), on: workers)
          }
        }
      }
      let pairs = (first..<first + count).reduce(0) { $0 + $1 + 1 }
      let operations = Double(4 * width * pairs)
      report(
        "attention, positions \(first) ..< \(first + count)", seconds,
        "\(rounded(operations / seconds / 1e9)) GFLOP/s")
    }
  }

  private func rows() throws {
    let count = 151_936
    let buffer = try FloatBuffer(capacity: count)
    for i in 0..<count { buffer.base[i] = Float(i % 1009) * 0.01 }
    let logits = UnsafeBufferPointer(start: buffer.base, count: count)
    let softmax = Softmax()
    report("argmax of \(count)", best(rounds: 20) { _ = softmax.argmax(logits) })
    report("logSumExp of \(count)", best(rounds: 20) { _ = softmax.logSumExp(logits) })
    let norm = RMSNorm(weight: try Vector([Float](repeating: 1, count: 896)), epsilon: 1e-6)
    let row = Rows(base: buffer.base, count: 1, width: 896)
    report("RMSNorm of 896", best(rounds: 1000) { norm(row, into: row, on: workers) })
    let gate = Rows(base: buffer.base, count: 1, width: 4864)
    let up = Rows(base: buffer.base + 4864, count: 1, width: 4864)
    let y = Rows(base: buffer.base + 9728, count: 1, width: 4864)
    report(
      "gate of 4864",
      best(rounds: 500) { siluMultiply(gate: gate, up: up, into: y, on: workers) })
  }

  private func best(rounds: Int, _ work: () -> Void) -> Double {
    (0..<5).map { _ in
      ProcessorTime.measure { for _ in 0..<rounds { work() } } / Double(rounds)
    }.min() ?? .nan
  }

  private func report(_ name: String, _ seconds: Double, _ remark: String = "") {
    print("| \(name) | \(hundredths(seconds * 1e6)) | \(remark) |")
  }
}
