import Foundation
import Testing

@testable import TandemMath

/// A sequence with its keys and values, and the cache that they are in.
private struct Sequence {
  let layout: KeyValueLayout
  let buffer: FloatBuffer
  let table: [Int32]
  let keys: [Float]
  let values: [Float]

  /// Writes `count` positions in runs of different lengths, to pages in a scattered order.
  init(_ layout: KeyValueLayout, count: Int, seed: UInt64) throws {
    var noise = Noise(seed: seed)
    self.layout = layout
    let width = layout.heads * layout.headDimension
    keys = noise.values(count * width)
    values = noise.values(count * width)
    let pages = layout.pages(for: count)
    let room = pages + 3
    buffer = try FloatBuffer(capacity: room * layout.pageFloats)
    // What is not written must not be read.
    buffer.base.update(repeating: .nan, count: room * layout.pageFloats)
    var order = (0..<Int32(room)).map { $0 }
    for i in order.indices.dropLast() {
      order.swapAt(i, i + Int(noise.bits() % UInt64(room - i)))
    }
    table = Array(order.prefix(pages))
    var position = 0
    for length in [1, 5, 16, 100, 1000] where position < count {
      let run = position..<min(position + length, count)
      let k = try Grid(
        run.count, width, Array(keys[run.lowerBound * width..<run.upperBound * width]))
      let v = try Grid(
        run.count, width, Array(values[run.lowerBound * width..<run.upperBound * width]))
      table.withUnsafeBufferPointer {
        layout.write(
          keys: k.rows, values: v.rows, firstPosition: position, to: cache, table: $0)
      }
      position = run.upperBound
    }
  }

  var cache: CachePages { CachePages(base: buffer.base, stride: layout.pageFloats) }

  /// Attends to queries of consecutive positions.
  func attend(
    _ attention: Attention, _ queries: Rows, firstPosition: Int, on workers: Workers
  ) throws -> Grid {
    let output = try Grid(queries.count, queries.width)
    table.withUnsafeBufferPointer { table in
      let segment = Attention.Segment(
        firstRow: 0, count: queries.count, firstPosition: firstPosition, table: table)
      withUnsafePointer(to: segment) {
        attention(
          queries, segments: UnsafeBufferPointer(start: $0, count: 1), cache: cache,
          into: output.rows, on: workers)
      }
    }
    return output
  }

  /// Attention of one head of one position, in float64.
  func reference(_ q: ArraySlice<Float>, position: Int, head: Int, scale: Double) -> [Double] {
    let d = layout.headDimension
    let width = layout.heads * d
    let scores = (0...position).map { key in
      zip(q, keys[(key * width + head * d)...]).reduce(0.0) {
        $0 + Double($1.0) * Double($1.1)
      } * scale
    }
    let greatest = scores.max() ?? 0
    let weights = scores.map { exp($0 - greatest) }
    let sum = weights.reduce(0, +)
    return (0..<d).map { i in
      weights.enumerated().reduce(0.0) {
        $0 + $1.element * Double(values[$1.offset * width + head * d + i])
      } / sum
    }
  }
}

@Suite struct AttentionTests {
  @Test(arguments: [(16, 2, 7), (20, 1, 3), (64, 2, 2), (80, 1, 1), (128, 1, 4)])
  func agreesWithFloat64(headDimension: Int, heads: Int, group: Int) throws {
    let layout = KeyValueLayout(heads: heads, headDimension: headDimension, positions: 32)
    let count = 75
    let sequence = try Sequence(layout, count: count, seed: UInt64(headDimension))
    let scale = 1 / Float(headDimension).squareRoot()
    let attention = Attention(layout: layout, queryHeads: heads * group, scale: scale)
    let width = heads * group * headDimension
    var noise = Noise(seed: 99)
    let queries = noise.values(count * width, scale: 3)
    let x = try Grid(count, width, queries)
    let found = try sequence.attend(attention, x.rows, firstPosition: 0, on: Workers(threads: 1))
    #expect(found.gapsAreUntouched)
    var worst = 0.0
    for row in [0, 1, 15, 16, 31, 32, 40, 74] {
      for head in 0..<heads * group {
        let at = row * width + head * headDimension
        let exact = sequence.reference(
          queries[at..<at + headDimension], position: row, head: head / group, scale: Double(scale))
        for (i, value) in exact.enumerated() {
          worst = max(worst, abs(Double(found.values[at + i]) - value))
        }
      }
    }
    #expect(worst < 3e-6, "\(worst)")
  }

  @Test func aQueryIsTheSameBitsInAnyCompany() throws {
    let (headDimension, heads, group, count) = (24, 2, 3, 90)
    let width = heads * group * headDimension
    var noise = Noise(seed: 4)
    let queries = noise.values(count * width, scale: 2)
    let x = try Grid(count, width, queries)
    var reference: [UInt32]?
    for positions in [16, 48, 128] {
      let layout = KeyValueLayout(heads: heads, headDimension: headDimension, positions: positions)
      let attention = Attention(layout: layout, queryHeads: heads * group, scale: 0.2)
      let sequence = try Sequence(layout, count: count, seed: 17)
      for level in KernelLevel.available {
        for threads in [1, 2] {
          let workers = Workers(threads: threads, level: level, grain: 1)
          for start in level == .best ? [0, 1, 40, 77, 88, 89] : [0, 85] {
            let found = try sequence.attend(
              attention, x.rows.rows(start..<count), firstPosition: start, on: workers)
            let last = Array(found.bits.suffix(width))
            #expect(
              last == reference ?? last,
              "pages of \(positions), \(level), \(threads) threads, from \(start)")
            reference = last
          }
        }
      }
    }
  }

  @Test func sequencesOfABatchDoNotTouchEachOther() throws {
    let layout = KeyValueLayout(heads: 1, headDimension: 16, positions: 16)
    let attention = Attention(layout: layout, queryHeads: 2, scale: 0.25)
    let sequence = try Sequence(layout, count: 60, seed: 23)
    var noise = Noise(seed: 24)
    let x = try Grid(38, 32, noise.values(38 * 32))
    let whole = try Grid(38, 32)
    // Three stretches of the sequence stand for three sequences with the same pages.
    let stretches = [(0, 1, 59), (1, 36, 4), (37, 1, 0)]
    sequence.table.withUnsafeBufferPointer { table in
      let segments = stretches.map {
        Attention.Segment(firstRow: $0.0, count: $0.1, firstPosition: $0.2, table: table)
      }
      segments.withUnsafeBufferPointer {
        attention(
          x.rows, segments: $0, cache: sequence.cache, into: whole.rows,
          on: Workers(threads: 2, grain: 1))
      }
    }
    for (row, count, position) in stretches {
      let alone = try sequence.attend(
        attention, x.rows.rows(row..<row + count), firstPosition: position,
        on: Workers(threads: 1))
      #expect(Array(whole.bits[row * 32..<(row + count) * 32]) == alone.bits)
    }
  }

  @Test func hugeScoresStayFinite() throws {
    let layout = KeyValueLayout(heads: 1, headDimension: 16)
    let attention = Attention(layout: layout, queryHeads: 1, scale: 1e6)
    let sequence = try Sequence(layout, count: 20, seed: 31)
    let x = try Grid(1, 16, [Float](repeating: 1, count: 16))
    let found = try sequence.attend(attention, x.rows, firstPosition: 19, on: Workers(threads: 1))
    let infinite = found.values.filter { !$0.isFinite }
    #expect(infinite.isEmpty)
  }
}
