import TandemMath

/// Reproducible random numbers for tests, by SplitMix64 (Steele, Lea, Flood 2014).
struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func bits() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Uniform in -1 ..< 1.
  mutating func value() -> Float { Float(bits() >> 40) / Float(1 << 23) - 1 }

  mutating func values(_ count: Int, scale: Float = 1) -> [Float] {
    (0..<count).map { _ in value() * scale }
  }
}

/// A matrix of a test's own, with a gap between its rows that must stay as it is.
struct Grid {
  let buffer: FloatBuffer
  let rows: Rows
  private static let gap = 3
  private static let mark: Float = -77

  init(_ count: Int, _ width: Int, _ values: [Float]? = nil) throws {
    let stride = width + Self.gap
    buffer = try FloatBuffer(capacity: count * stride)
    buffer.base.update(repeating: Self.mark, count: count * stride)
    rows = Rows(base: buffer.base, count: count, width: width, stride: stride)
    for row in 0..<count {
      for column in 0..<width { rows[row][column] = values?[row * width + column] ?? 0 }
    }
  }

  /// The values without the gaps.
  var values: [Float] { (0..<rows.count).flatMap { Array(rows[$0]) } }

  /// The values' bits, for comparisons that tell zeros and NaNs apart.
  var bits: [UInt32] { values.map(\.bitPattern) }

  var gapsAreUntouched: Bool {
    (0..<rows.count).allSatisfy { row in
      (0..<Self.gap).allSatisfy { buffer.base[row * rows.stride + rows.width + $0] == Self.mark }
    }
  }
}

extension PackedMatrix {
  /// Packs values.
  convenience init(
    _ values: [Float], inputs: Int, storage: Storage, workers: Workers = Workers(threads: 1)
  ) throws {
    let bytes = values.withUnsafeBytes { Array($0) }
    try self.init(
      copying: bytes, element: .float32, inputs: inputs, storage: storage, workers: workers)
  }

  /// Packs the bytes of one tensor.
  convenience init(
    copying bytes: [UInt8], element: ElementType, inputs: Int, storage: Storage, workers: Workers
  ) throws {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { memory.deallocate() }
    memory.copyBytes(from: bytes)
    let tensor = TensorBytes(
      UnsafeRawBufferPointer(memory), element: element,
      rows: bytes.count / max(inputs * element.size, 1))
    try self.init([tensor], inputs: inputs, storage: storage, workers: workers)
  }

  /// The weights as the products see them, [outputs, inputs].
  var weights: [Float] {
    (0..<outputs).flatMap { output in
      var row = [Float](repeating: 0, count: inputs)
      row.withUnsafeMutableBufferPointer { copyRow(output, to: $0) }
      return row
    }
  }
}
