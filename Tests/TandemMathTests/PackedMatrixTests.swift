import Testing

@testable import TandemMath

@Suite struct PackedMatrixTests {
  private func bytes(of words: [UInt16]) -> [UInt8] {
    words.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
  }

  /// Every 16-bit pattern in a matrix with odd sizes.
  private let patterns = (0...UInt16.max).map { $0 }

  private func weights(
    _ words: [UInt16], _ element: ElementType, inputs: Int, _ storage: PackedMatrix.Storage
  ) throws -> [Float] {
    try PackedMatrix(
      copying: bytes(of: words), element: element, inputs: inputs, storage: storage,
      workers: Workers(threads: 2, grain: 1)
    ).weights
  }

  @Test func everyBFloat16IsKeptExactly() throws {
    let words = Array(patterns.prefix(65535))
    for storage in [PackedMatrix.Storage.float32, .bfloat16] {
      let found = try weights(words, .bfloat16, inputs: 257, storage)
      #expect(found.map(\.bitPattern) == words.map { UInt32($0) << 16 }, "\(storage)")
    }
  }

  @Test func everyFloat16IsWidenedExactly() throws {
    let words = Array(patterns.prefix(65535))
    let found = try weights(words, .float16, inputs: 255, .float32)
    let wrong = zip(found, words).filter { found, word in
      let exact = Float(Float16(bitPattern: word))
      return exact.isNaN ? !found.isNaN : found.bitPattern != exact.bitPattern
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test func narrowingRoundsToTheNearestEven() throws {
    // Halfway between two neighbours, just above and just below, and beyond the greatest.
    let values: [Float] = [
      1.00390625, 1.01171875, Float(1.00390625).nextUp, Float(1.01171875).nextDown, -1.00390625,
      3.4028235e38, .leastNonzeroMagnitude, .infinity, 0,
    ]
    let expected: [Float] = [
      1, 1.015625, 1.0078125, 1.0078125, -1, .infinity, 0, .infinity, 0,
    ]
    let w = try PackedMatrix(values, inputs: 3, storage: .bfloat16)
    #expect(w.weights == expected)
    let nan = try PackedMatrix([Float(bitPattern: 0x7f80_0001)], inputs: 1, storage: .bfloat16)
    #expect(nan.weights[0].isNaN)
  }

  @Test func eightBitsAreHalfAStepOff() throws {
    var noise = Noise(seed: 3)
    let (outputs, inputs) = (70, 75)
    let values = noise.values(outputs * inputs, scale: 0.03)
    let found = try PackedMatrix(values, inputs: inputs, storage: .int8).weights
    var worst: Float = 0
    for output in 0..<outputs {
      for start in stride(from: 0, to: inputs, by: 32) {
        let group = start..<min(start + 32, inputs)
        let at = group.map { output * inputs + $0 }
        let greatest = at.map { abs(values[$0]) }.max() ?? 0
        worst = max(worst, at.map { abs(values[$0] - found[$0]) / greatest }.max() ?? 0)
      }
    }
    #expect(worst <= 0.5001 / 127, "\(worst)")
    #expect(try PackedMatrix([0, 0, 0], inputs: 3, storage: .int8).weights == [0, 0, 0])
    let spoilt = try PackedMatrix([1, .nan, 2, 3, .infinity, 4], inputs: 3, storage: .int8).weights
    let finite = spoilt.filter(\.isFinite)
    #expect(finite.isEmpty)
  }

  @Test func partsOfDifferentTypesStandBelowEachOther() throws {
    var noise = Noise(seed: 5)
    let inputs = 9
    let (first, second) = (noise.values(5 * inputs), noise.values(70 * inputs))
    let narrow = second.map { UInt16($0.bitPattern >> 16) }
    let workers = Workers(threads: 1)
    let found = try first.withUnsafeBytes { first in
      try narrow.withUnsafeBytes { narrow in
        try PackedMatrix(
          [
            TensorBytes(first, element: .float32, rows: 5),
            TensorBytes(narrow, element: .bfloat16, rows: 70),
          ], inputs: inputs, storage: .float32, workers: workers
        ).weights
      }
    }
    #expect(found == first + narrow.map { Float(bitPattern: UInt32($0) << 16) })
  }

  @Test func bytesThatAreNotTheShapeAreRefused() throws {
    let workers = Workers(threads: 1)
    let values: [Float] = [1, 2, 3]
    values.withUnsafeBytes { bytes in
      for (rows, inputs) in [(2, 2), (1, 2), (.max, 2), (-1, -3)] {
        #expect(throws: TensorSizeError.self, "\(rows) x \(inputs)") {
          try PackedMatrix(
            [TensorBytes(bytes, element: .float32, rows: rows)], inputs: inputs,
            storage: .float32, workers: workers)
        }
      }
    }
  }

  @Test func vectorsFollowEachOther() throws {
    let (first, second): ([Float], [UInt16]) = ([1, -2.5], [0x3f80, 0x4000])
    let found = try first.withUnsafeBytes { first in
      try second.withUnsafeBytes { second in
        try Vector([
          TensorBytes(first, element: .float32, rows: 1),
          TensorBytes(second, element: .bfloat16, rows: 1),
        ])
      }
    }
    #expect(Array(found.values) == [1, -2.5, 1, 2])
  }
}
