import Foundation
import Testing

@testable import TandemMath

@Suite struct ActivationsTests {
  @Test(arguments: [1, 15, 16, 100]) func gatesAgreeWithFloat64(width: Int) throws {
    var noise = Noise(seed: UInt64(width))
    let (gates, ups) = (noise.values(2 * width, scale: 30), noise.values(2 * width))
    var reference: [UInt32]?
    for level in KernelLevel.available {
      let gate = try Grid(2, width, gates)
      let up = try Grid(2, width, ups)
      siluMultiply(
        gate: gate.rows, up: up.rows, into: gate.rows,
        on: Workers(threads: 2, level: level, grain: 1))
      #expect(gate.bits == reference ?? gate.bits, "\(level)")
      reference = gate.bits
      let errors = zip(gate.values, zip(gates, ups)).map { found, input in
        let g = Double(input.0)
        let exact = g / (1 + exp(-g)) * Double(input.1)
        return abs(Double(found) - exact) / max(abs(exact), 1e-30)
      }
      #expect((errors.max() ?? 0) < 6e-7, "\(errors.max() ?? 0)")
    }
  }

  @Test func gatesHaveLimits() throws {
    let gate = try Grid(1, 5, [-1e30, 1e30, -.infinity, .infinity, .nan])
    let up = try Grid(1, 5, [1, 1, 1, 1, 1])
    siluMultiply(gate: gate.rows, up: up.rows, into: up.rows, on: Workers(threads: 1))
    #expect(up.values[0] == 0)
    #expect(up.values[1] == 1e30)
    // Minus infinity over infinity: what the formula gives, in float arithmetic.
    #expect(up.values[2].isNaN && up.values[4].isNaN)
    #expect(up.values[3] == .infinity)
  }

  @Test func addsElementByElement() throws {
    var noise = Noise(seed: 1)
    let (a, b) = (noise.values(3 * 21), noise.values(3 * 21))
    for level in KernelLevel.available {
      let x = try Grid(3, 21, a)
      let y = try Grid(3, 21, b)
      add(x.rows, to: y.rows, on: Workers(threads: 2, level: level, grain: 1))
      #expect(y.values == zip(a, b).map { $0 + $1 })
      #expect(y.gapsAreUntouched)
    }
  }
}
