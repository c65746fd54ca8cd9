internal import TandemMath

extension SafetensorsFile {
  /// The numbers of a tensor that must be there with this shape, widened exactly to 32 bits.
  ///
  /// - Throws: ``ModelError`` naming the file and the tensor.
  package func floats(_ name: String, shape: [Int]) throws(ModelError) -> [Float] {
    let entry = try weight(name, shape: shape)
    return withBytes(of: entry) { bytes in
      [Float](unsafeUninitializedCapacity: entry.elementCount) { floats, count in
        Self.widen(bytes, entry.type.element, into: floats)
        count = entry.elementCount
      }
    }
  }

  /// The entry of a tensor that must be there with this shape, as 32-bit or 16-bit floating-point numbers.
  ///
  /// - Throws: ``ModelError`` naming the file and the tensor.
  package func weight(_ name: String, shape: [Int]) throws(ModelError) -> TensorEntry {
    guard let entry = entry(name) else {
      throw ModelError(path, "tensor \(name.quoted) is missing")
    }
    guard entry.type.isWeight else {
      throw ModelError(
        path,
        "tensor \(name.quoted) is stored as \(entry.type.rawValue); weights must be F32, BF16 or F16"
      )
    }
    guard entry.shape == shape else {
      throw ModelError(
        path,
        "tensor \(name.quoted) has the shape \(entry.shape); the configuration asks for \(shape)")
    }
    return entry
  }

  /// Widens the bytes of 32-bit or 16-bit numbers, exactly, to as many numbers as `floats` has room for.
  static func widen(
    _ bytes: UnsafeRawBufferPointer, _ type: ElementType,
    into floats: UnsafeMutableBufferPointer<Float>
  ) {
    for index in 0..<min(floats.count, bytes.count / type.size) {
      let value: Float =
        switch type {
        case .bfloat16: Float(bitPattern: UInt32(load(bytes, index, UInt16.self)) << 16)
        case .float16: Float(Float16(bitPattern: load(bytes, index, UInt16.self)))
        case .float32: Float(bitPattern: load(bytes, index, UInt32.self))
        }
      floats.initializeElement(at: index, to: value)
    }
  }

  private static func load<Bits: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ index: Int, _ type: Bits.Type
  ) -> Bits {
    Bits(
      littleEndian: bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Bits>.size, as: type))
  }
}
