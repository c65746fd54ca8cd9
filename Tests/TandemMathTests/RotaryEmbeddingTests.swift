import Foundation
import Testing

@testable import TandemMath

@Suite struct RotaryEmbeddingTests {
  @Test(arguments: [1, 8, 20, 32, 64]) func turnsPairsOfHalves(half: Int) throws {
    var noise = Noise(seed: UInt64(half))
    let frequencies = (0..<half).map { Float(pow(10_000, -Double($0) / Double(half))) }
    let embedding = try RotaryEmbedding(
      inverseFrequencies: frequencies, positions: 300, attentionFactor: 1.25)
    let (rows, heads) = (4, 3)
    let width = 2 * half
    let values = noise.values(rows * heads * width)
    let positions: [Int32] = [0, 7, 299, 7]
    var reference: [UInt32]?
    for level in KernelLevel.available {
      let x = try Grid(rows, heads * width, values)
      positions.withUnsafeBufferPointer {
        embedding.rotate(x.rows, positions: $0, on: Workers(threads: 2, level: level, grain: 1))
      }
      #expect(x.bits == reference ?? x.bits, "\(level)")
      #expect(x.gapsAreUntouched)
      reference = x.bits
      var worst = 0.0
      for head in 0..<rows * heads {
        for i in 0..<half {
          let angle = Double(Float(positions[head / heads]) * frequencies[i])
          let (cosine, sine) = (1.25 * cos(angle), 1.25 * sin(angle))
          let (a, b) = (Double(values[head * width + i]), Double(values[head * width + half + i]))
          worst = max(worst, abs(Double(x.values[head * width + i]) - (a * cosine - b * sine)))
          worst = max(
            worst, abs(Double(x.values[head * width + half + i]) - (b * cosine + a * sine)))
        }
      }
      #expect(worst < 5e-7, "\(worst)")
    }
  }
}
