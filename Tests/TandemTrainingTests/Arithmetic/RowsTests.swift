import Foundation
import Testing

@testable import TandemTraining

struct RowsTests {
  @Test(arguments: [0, 1, 15, 16, 17, 100])
  func `Exponentials are near those of the C library for any count`(count: Int) {
    var random = Draws(seed: count)
    let values = (0..<count).map { _ in Float(20 * random.normal() - 20) }
    var results = values
    let sums = results.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { Rows.exponentiate($0, minus: -3, count) } ?? 0
    }
    var expected = 0.0
    for (value, result) in zip(values, results) {
      let exact = exp(Double(min(max(value + 3, -87), 88)))
      #expect(abs(Double(result) - exact) <= 3e-7 * exact)
      expected += exact
    }
    #expect(abs(Double(sums) - expected) <= 1e-6 * expected)
    var weighed = values
    let pair = weighed.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { Rows.exponentiateWeighing($0, minus: -3, count) } ?? (
        sum: 0, weighted: 0
      )
    }
    #expect(weighed == results && pair.sum == sums)
    var products = 0.0
    for (value, result) in zip(values, results) { products += Double(value) * Double(result) }
    let distance = abs(Double(pair.weighted) - products)
    #expect(distance <= 1e-5 * max(abs(products), 1))
  }

  @Test func `What is no number stays none`() {
    var values: [Float] = [.nan, 1]
    let sum = values.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { Rows.exponentiate($0, minus: 0, 2) } ?? 0
    }
    #expect(values[0].isNaN && sum.isNaN)
  }

  @Test func `Cuts cover everything once, in multiples of sixteen`() {
    for total in [0, 1, 16, 100, 511, 512, 513, 5000] {
      let cuts = Cuts(total, size: 512)
      let ranges = (0..<cuts.count).map { cuts[$0] }
      #expect(ranges.flatMap { Array($0) } == Array(0..<total))
      #expect(ranges.dropLast().allSatisfy { $0.count.isMultiple(of: 16) })
    }
  }

  @Test func `Tiles cover a result once, whatever the threads`() {
    for threads in [1, 3] {
      var seen = [Int](repeating: 0, count: 700 * 1500)
      seen.withUnsafeMutableBufferPointer { seen in
        nonisolated(unsafe) let seen = seen
        Workers(threads: threads).forEachTile(rows: 700, columns: 1500) { rows, columns, _ in
          for row in rows { for column in columns { seen[row * 1500 + column] += 1 } }
        }
      }
      #expect(seen.allSatisfy { $0 == 1 })
    }
  }
}
