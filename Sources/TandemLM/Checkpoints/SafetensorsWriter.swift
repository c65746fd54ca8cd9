internal import TandemJSON

/// Makes safetensors files: the same tensors and metadata give the same bytes.
package enum SafetensorsWriter {
  /// A tensor to be written.
  package struct Tensor: Sendable {
    package var name: String
    package var type: TensorType
    /// Sizes, the slowest varying first.
    package var shape: [Int]
    /// The numbers, little-endian, in rows.
    package var bytes: [UInt8]

    /// A tensor of bytes at hand.
    package init(name: String, type: TensorType, shape: [Int], bytes: [UInt8]) {
      self.name = name
      self.type = type
      self.shape = shape
      self.bytes = bytes
    }

    /// A tensor of 32-bit numbers.
    package init(name: String, shape: [Int], values: [Float]) {
      self.init(
        name: name, type: .f32, shape: shape,
        bytes: values.withUnsafeBytes { Array($0) })
    }
  }

  /// Hands the file to `emit` piece by piece: the header, then every tensor, sorted by name.
  ///
  /// The header is padded with blanks to a multiple of eight bytes, so that tensors of 32 bits stand aligned when all are.
  /// Writing the pieces to a file that appears whole or not at all is the caller's part.
  ///
  /// - Throws: ``ModelError`` when a name occurs twice, or bytes do not fit their shape; what `emit` throws.
  package static func write(
    _ tensors: [Tensor], metadata: [(key: String, value: String)] = [],
    emit: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let sorted = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var writer = JSONWriter(capacity: 1 << 12)
    writer.beginObject()
    if !metadata.isEmpty {
      writer.key("__metadata__")
      writer.beginObject()
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
        writer.key(key)
        writer.string(value)
      }
      writer.endObject()
    }
    var offset = 0
    for (index, tensor) in sorted.enumerated() {
      guard index == 0 || sorted[index - 1].name != tensor.name, tensor.name != "__metadata__"
      else {
        throw ModelError("", "tensor \(tensor.name.quoted) would be written twice")
      }
      guard tensor.bytes.count == tensor.shape.reduce(tensor.type.size, *) else {
        throw ModelError(
          "",
          "tensor \(tensor.name.quoted) has \(tensor.bytes.count) bytes, not those of \(tensor.shape)"
        )
      }
      writer.key(tensor.name)
      writer.beginObject()
      writer.member("dtype", tensor.type.rawValue)
      writer.member("shape", .array(tensor.shape.map { .number($0) }))
      writer.member(
        "data_offsets", .array([.number(offset), .number(offset + tensor.bytes.count)]))
      writer.endObject()
      offset += tensor.bytes.count
    }
    writer.endObject()
    let padding = (8 - writer.count % 8) % 8
    try withUnsafeBytes(of: UInt64(writer.count + padding).littleEndian, emit)
    try emit(writer.bytes)
    try [UInt8](repeating: 0x20, count: padding).withUnsafeBytes(emit)
    for tensor in sorted { try tensor.bytes.withUnsafeBytes(emit) }
  }
}
