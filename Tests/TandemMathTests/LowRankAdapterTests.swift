import Testing

@testable import TandemMath

@Suite struct LowRankAdapterTests {
  @Test(arguments: [1, 8, 20]) func addsTheLowRankProduct(rank: Int) throws {
    var noise = Noise(seed: UInt64(rank))
    let (rows, inputs, outputs) = (6, 40, 50)
    let (a, b) = (noise.values(rank * inputs), noise.values(outputs * rank))
    let (input, start) = (noise.values(rows * inputs), noise.values(rows * outputs))
    let adapter = LowRankAdapter(
      a: try PackedMatrix(a, inputs: inputs, storage: .float32),
      b: try PackedMatrix(b, inputs: rank, storage: .float32), scale: 0.5)
    let hidden = try FloatBuffer(capacity: rows * rank)
    var reference: [UInt32]?
    for level in KernelLevel.available {
      let x = try Grid(rows, inputs, input)
      let y = try Grid(rows, outputs, start)
      adapter.add(
        to: y.rows, from: x.rows, hidden: hidden, on: Workers(threads: 2, level: level, grain: 1))
      #expect(y.bits == reference ?? y.bits, "\(level)")
      reference = y.bits
      var worst = 0.0
      for (i, found) in y.values.enumerated() {
        let (row, output) = (i / outputs, i % outputs)
        let exact = (0..<rank).reduce(Double(start[i])) { sum, r in
          let inner = (0..<inputs).reduce(0.0) {
            $0 + Double(input[row * inputs + $1]) * Double(a[r * inputs + $1])
          }
          return sum + 0.5 * inner * Double(b[output * rank + r])
        }
        worst = max(worst, abs(Double(found) - exact))
      }
      #expect(worst < 1e-5, "\(worst)")
    }
  }
}
