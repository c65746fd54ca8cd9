import Testing

@testable import TandemMath

@Suite struct RMSNormTests {
  @Test(arguments: [1, 5, 16, 64, 79, 333]) func agreesWithFloat64(width: Int) throws {
    var noise = Noise(seed: UInt64(width))
    let (gains, values) = (noise.values(width), noise.values(3 * width, scale: 4))
    let norm = RMSNorm(weight: try Vector(gains), epsilon: 1e-6)
    var reference: [UInt32]?
    for level in KernelLevel.available {
      for threads in [1, 2] {
        let x = try Grid(3, width, values)
        let y = try Grid(3, width)
        norm(x.rows, into: y.rows, on: Workers(threads: threads, level: level, grain: 1))
        #expect(y.bits == reference ?? y.bits, "\(level), \(threads) threads")
        #expect(y.gapsAreUntouched)
        reference = y.bits
        for row in 0..<3 {
          let row = row * width..<(row + 1) * width
          let mean =
            row.reduce(0.0) { $0 + Double(values[$1]) * Double(values[$1]) } / Double(width)
          let error = row.map { i in
            let exact = Double(values[i]) / (mean + 1e-6).squareRoot() * Double(gains[i % width])
            return abs(Double(y.values[i]) - exact)
          }
          #expect((error.max() ?? 0) < 2e-6, "\(error.max() ?? 0)")
        }
      }
    }
  }

  @Test func normalisesHeadByHeadInPlace() throws {
    var noise = Noise(seed: 2)
    let (heads, width) = (3, 20)
    let values = noise.values(2 * heads * width)
    let norm = RMSNorm(weight: try Vector(noise.values(width)), epsilon: 1e-5)
    let workers = Workers(threads: 1)
    let x = try Grid(2, heads * width, values)
    norm.normalizeHeads(of: x.rows, on: workers)
    let single = try Grid(2 * heads, width, values)
    norm(single.rows, into: single.rows, on: workers)
    #expect(x.bits == single.bits)
    #expect(x.gapsAreUntouched)
  }

  @Test func aBadRowSpoilsOnlyItself() throws {
    let norm = RMSNorm(weight: try Vector([1, 1, 1]), epsilon: 0)
    let x = try Grid(3, 3, [1, 1, 1, 1, .nan, 1, 2, .infinity, 2])
    norm(x.rows, into: x.rows, on: Workers(threads: 1))
    #expect(Array(x.values.prefix(3)) == [1, 1, 1])
    #expect(x.values[3...5].filter(\.isNaN).count == 3)
    #expect(x.values[7].isNaN)
  }
}
