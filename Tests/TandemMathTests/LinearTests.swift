import Testing

@testable import TandemMath

/// A kind of product.
struct ProductKind: CustomTestStringConvertible, Sendable {
  let storage: PackedMatrix.Storage
  let precision: Precision

  static let all = [
    ProductKind(storage: .float32, precision: .float32),
    ProductKind(storage: .bfloat16, precision: .float32),
    ProductKind(storage: .bfloat16, precision: .bfloat16),
    ProductKind(storage: .int8, precision: .float32),
  ]

  var testDescription: String { "\(storage) weights, \(precision) products" }
}

/// Outputs and inputs around the sizes of panels, groups and pairs.
private let shapes = [(1, 1), (16, 32), (17, 33), (37, 45), (130, 64), (161, 7)]

@Suite struct LinearTests {
  /// The chain of fused multiply-adds over the inputs in order that the kernels promise.
  private func chain(_ x: [Float], _ w: [Float], _ kind: ProductKind) -> Float {
    var sum: Float = 0
    switch (kind.storage, kind.precision) {
    case (.int8, _):
      for start in stride(from: 0, to: x.count, by: 32) {
        let group = start..<min(start + 32, x.count)
        let scale = group.map { abs(w[$0]) }.max().map { $0 / 127 } ?? 0
        var inner: Float = 0
        for k in group { inner.addProduct(x[k], scale == 0 ? 0 : (w[k] / scale).rounded()) }
        sum.addProduct(inner, scale)
      }
    case (_, .float32):
      for (a, b) in zip(x, w) { sum.addProduct(a, b) }
    case (_, .bfloat16):
      let x = x.map(roundedToBFloat16)
      for first in stride(from: 0, to: x.count, by: 2) {
        if first + 1 < x.count { sum.addProduct(x[first + 1], w[first + 1]) }
        sum.addProduct(x[first], w[first])
      }
    }
    return sum
  }

  private func roundedToBFloat16(_ value: Float) -> Float {
    let step = Float(sign: .plus, exponent: value.exponent - 7, significand: 1)
    return value == 0 ? value : (value / step).rounded(.toNearestOrEven) * step
  }

  @Test(arguments: ProductKind.all, KernelLevel.available)
  func everyOutputIsTheOneChain(kind: ProductKind, level: KernelLevel) throws {
    let workers = Workers(threads: 1, level: level)
    for (seed, shape) in shapes.enumerated() {
      var noise = Noise(seed: UInt64(seed))
      let (outputs, inputs) = shape
      let w = try PackedMatrix(
        noise.values(outputs * inputs), inputs: inputs, storage: kind.storage)
      let weights = w.weights
      for rows in [1, 2, 3, 7] {
        let x = try Grid(rows, inputs, noise.values(rows * inputs))
        let y = try Grid(rows, outputs)
        w.multiply(x.rows, into: y.rows, precision: kind.precision, on: workers)
        let values = x.values
        let expected = (0..<rows * outputs).map { i in
          chain(
            Array(values[i / outputs * inputs..<(i / outputs + 1) * inputs]),
            Array(weights[i % outputs * inputs..<(i % outputs + 1) * inputs]), kind)
        }
        #expect(y.values == expected, "shape \(shape), \(rows) rows, seed \(seed)")
        #expect(y.gapsAreUntouched)
      }
    }
  }

  @Test(arguments: ProductKind.all)
  func aRowIsTheSameBitsInAnyCompany(kind: ProductKind) throws {
    for (seed, shape) in shapes.enumerated() {
      var noise = Noise(seed: UInt64(100 + seed))
      let (outputs, inputs) = shape
      let most = 26
      let w = try PackedMatrix(
        noise.values(outputs * inputs), inputs: inputs, storage: kind.storage)
      let bias = try Vector(noise.values(outputs))
      let x = try Grid(most, inputs, noise.values(most * inputs))
      var reference: [UInt32]?
      for level in KernelLevel.available {
        for threads in [1, 2, 3] {
          let workers = Workers(threads: threads, level: level, grain: 1)
          for rows in level == .best ? Array(1...20) + [most] : [1, 5, 13] {
            let y = try Grid(rows, outputs)
            w.multiply(
              x.rows.rows(most - rows..<most), plus: bias, into: y.rows, precision: kind.precision,
              on: workers)
            let last = Array(y.bits.suffix(outputs))
            #expect(
              last == reference ?? last,
              "\(shape), \(rows) rows, \(threads) threads, \(level), seed \(100 + seed)")
            reference = last
          }
        }
      }
    }
  }

  @Test func sumsStayNearFloat64() throws {
    var noise = Noise(seed: 7)
    let (rows, outputs, inputs) = (3, 20, 700)
    let weights = noise.values(outputs * inputs)
    let x = try Grid(rows, inputs, noise.values(rows * inputs))
    let y = try Grid(rows, outputs)
    let values = x.values
    for (kind, tolerance) in zip(ProductKind.all, [2e-6, 6e-3, 8e-3, 1.2e-2]) {
      let w = try PackedMatrix(weights, inputs: inputs, storage: kind.storage)
      w.multiply(x.rows, into: y.rows, precision: kind.precision, on: Workers(threads: 1))
      var (error, norm) = (0.0, 0.0)
      for (i, found) in y.values.enumerated() {
        let exact = (0..<inputs).reduce(0.0) {
          $0 + Double(values[i / outputs * inputs + $1])
            * Double(weights[i % outputs * inputs + $1])
        }
        error += (Double(found) - exact) * (Double(found) - exact)
        norm += exact * exact
      }
      let relative = (error / norm).squareRoot()
      #expect(relative < tolerance, "\(kind.testDescription): \(relative)")
    }
  }

  @Test(arguments: KernelLevel.available) func addsScaledProducts(level: KernelLevel) throws {
    var noise = Noise(seed: 11)
    let (rows, outputs, inputs) = (5, 19, 8)
    let w = try PackedMatrix(noise.values(outputs * inputs), inputs: inputs, storage: .float32)
    let x = try Grid(rows, inputs, noise.values(rows * inputs))
    let start = noise.values(rows * outputs)
    let y = try Grid(rows, outputs, start)
    let product = try Grid(rows, outputs)
    let workers = Workers(threads: 2, level: level, grain: 1)
    w.multiply(x.rows, into: product.rows, on: workers)
    w.multiplyAdding(x.rows, scale: 0.37, into: y.rows, on: workers)
    #expect(y.values == zip(start, product.values).map { $0.addingProduct(0.37, $1) })
    #expect(y.gapsAreUntouched)
  }

  @Test(arguments: ProductKind.all) func aBadRowSpoilsOnlyItself(kind: ProductKind) throws {
    var noise = Noise(seed: 13)
    let (rows, outputs, inputs) = (4, 18, 20)
    let w = try PackedMatrix(noise.values(outputs * inputs), inputs: inputs, storage: kind.storage)
    let x = try Grid(rows, inputs, noise.values(rows * inputs))
    let clean = try Grid(rows, outputs)
    let spoilt = try Grid(rows, outputs)
    let workers = Workers(threads: 1)
    w.multiply(x.rows, into: clean.rows, precision: kind.precision, on: workers)
    x.rows[1][3] = .nan
    x.rows[2][4] = .infinity
    w.multiply(x.rows, into: spoilt.rows, precision: kind.precision, on: workers)
    let found = (0..<rows).map { Array(spoilt.rows[$0]) }
    #expect(found[0] == Array(clean.rows[0]) && found[3] == Array(clean.rows[3]))
    #expect(found[1].filter(\.isNaN).count == outputs)
    #expect(found[2].filter(\.isFinite).isEmpty)
  }

  @Test func rowsWithoutInputsGiveTheBias() throws {
    let w = try PackedMatrix(
      [TensorBytes(UnsafeRawBufferPointer(start: nil, count: 0), element: .float32, rows: 3)],
      inputs: 0, storage: .float32, workers: Workers(threads: 1))
    let y = try Grid(2, 3)
    w.multiply(
      try Grid(2, 0).rows, plus: try Vector([1, 2, 3]), into: y.rows, on: Workers(threads: 1))
    #expect(y.values == [1, 2, 3, 1, 2, 3])
  }
}
