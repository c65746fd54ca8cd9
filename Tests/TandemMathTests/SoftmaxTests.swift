import Foundation
import Testing

@testable import TandemMath

@Suite struct SoftmaxTests {
  private let sizes = [1, 15, 16, 17, 64, 100, 1024, 1025, 5000]

  /// Calls `body` with every level and a way to look at an array as logits.
  private func forEachLevel(_ body: (Softmax, KernelLevel) throws -> Void) rethrows {
    for level in KernelLevel.available { try body(Softmax(level: level), level) }
  }

  @Test func maximumAndItsFirstPlace() {
    for size in sizes {
      var noise = Noise(seed: UInt64(size))
      // Few distinct values, so that ties are common.
      let logits = (0..<size).map { _ in (noise.value() * 4).rounded() }
      let greatest = logits.max() ?? 0
      forEachLevel { softmax, level in
        logits.withUnsafeBufferPointer {
          #expect(softmax.maximum($0) == greatest, "\(size), \(level)")
          #expect(softmax.argmax($0) == logits.firstIndex(of: greatest), "\(size), \(level)")
        }
      }
    }
  }

  @Test func notANumberIsPassedOver() {
    for size in sizes {
      forEachLevel { softmax, _ in
        var logits = [Float](repeating: .nan, count: size)
        logits.withUnsafeBufferPointer {
          #expect(softmax.maximum($0) == -.infinity)
          #expect(softmax.argmax($0) == 0)
        }
        logits[size - 1] = -3
        logits.withUnsafeBufferPointer {
          #expect(softmax.maximum($0) == -3)
          #expect(softmax.argmax($0) == size - 1)
        }
      }
    }
  }

  @Test func logSumExpAgreesWithFloat64() {
    for size in sizes {
      var noise = Noise(seed: UInt64(size))
      let logits = noise.values(size, scale: 12)
      let greatest = Double(logits.max() ?? 0)
      let exact = greatest + log(logits.reduce(0) { $0 + exp(Double($1) - greatest) })
      var reference: Double?
      forEachLevel { softmax, level in
        let found = logits.withUnsafeBufferPointer { softmax.logSumExp($0) }
        #expect(abs(found - exact) < 1e-6, "\(size), \(level): \(found - exact)")
        #expect(found == reference ?? found, "\(level)")
        reference = found
      }
    }
  }

  @Test func logSumExpOfExtremes() {
    let softmax = Softmax()
    func found(_ logits: [Float]) -> Double {
      logits.withUnsafeBufferPointer { softmax.logSumExp($0) }
    }
    #expect(found([]) == -.infinity)
    #expect(found([-.infinity, -.infinity]) == -.infinity)
    #expect(found([-.infinity, 2]) == 2)
    #expect(found([1, .nan, 2]).isNaN)
    #expect(found([.nan]).isNaN)
    #expect(found([1, .infinity]).isNaN)
    #expect(found([3e38, 3e38]) == Double(Float(3e38)) + log(2))
  }

  @Test func exponentialsAreWithinTwoUnits() {
    var logits = stride(from: Float(-110), through: 90, by: 0.0137).map { $0 }
    logits += [0, -0.0, 1, 88.72, 88.73, 100, -87.3, -87.4, -103, -104, 1e30, -1e30]
    logits += [.infinity, -.infinity]
    var reference: [UInt32]?
    forEachLevel { softmax, level in
      var found = logits
      found.withUnsafeMutableBufferPointer { softmax.exponentiate($0, minus: 0) }
      var worst = 0.0
      for (x, y) in zip(logits, found) {
        let exact = exp(Double(x))
        if exact > Double(Float.greatestFiniteMagnitude) {
          #expect(y == .infinity, "exp(\(x))")
        } else {
          let unit = Double(max(Float(exact).ulp, Float.leastNonzeroMagnitude))
          worst = max(worst, abs(Double(y) - exact) / unit)
        }
      }
      #expect(worst <= 2, "\(level): \(worst) units")
      #expect(found.map(\.bitPattern) == reference ?? found.map(\.bitPattern), "\(level)")
      reference = found.map(\.bitPattern)
      var bad: [Float] = [.nan]
      bad.withUnsafeMutableBufferPointer { softmax.exponentiate($0, minus: 0) }
      #expect(bad[0].isNaN)
    }
  }

  @Test func temperaturesDivide() {
    var noise = Noise(seed: 8)
    let logits = noise.values(99, scale: 20)
    forEachLevel { softmax, level in
      var found = logits
      found.withUnsafeMutableBufferPointer { softmax.divide($0, by: 0.7) }
      #expect(found == logits.map { $0 / 0.7 }, "\(level)")
    }
  }
}
