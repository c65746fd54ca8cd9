/// Bytes that are pulled one piece after another.
protocol ByteSource: AnyObject {
  /// Fills the front of `buffer`, which is not empty; returns the number of bytes, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int
}

/// Bytes at hand.
final class MemoryBytes: ByteSource {
  let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = bytes[position...].prefix(buffer.count)
    buffer.copyBytes(from: piece)
    position += piece.count
    return piece.count
  }
}

extension ByteSource {
  /// Reads up to the end, so that checks which come last are made.
  func drain() throws(SourceError) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    defer { piece.deallocate() }
    while try read(into: piece) > 0 {}
  }
}
