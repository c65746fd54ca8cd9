internal import CZstd

/// Single zstd frames in memory, with their size and a content checksum.
package enum ZstdFrame {
  /// One frame with all of `input`.
  package static func compress(_ input: UnsafeRawBufferPointer, level: Int) throws(ShardError)
    -> [UInt8]
  {
    var compressor = try FrameCompressor(level: level)
    return Array(try compressor.compress(input))
  }

  /// The content of a frame with `padding` zeros behind it.
  ///
  /// - Parameter limit: the most bytes of content that are accepted.
  /// - Throws: ``FrameFailure`` when the bytes are not one whole frame within the limit.
  package static func decompress(_ frame: [UInt8], padding: Int, limit: Int)
    throws(FrameFailure) -> [UInt8]
  {
    let size = ZSTD_getFrameContentSize(frame, frame.count)
    guard size <= UInt64(clamping: limit) else {
      throw FrameFailure(reason: "is no zstd frame, or one beyond \(limit) bytes")
    }
    var content = [UInt8](repeating: 0, count: Int(size) + padding)
    let count = ZSTD_decompress(&content, Int(size), frame, frame.count)
    guard ZSTD_isError(count) == 0 else {
      throw FrameFailure(reason: String(cString: ZSTD_getErrorName(count)))
    }
    guard count == Int(size) else {
      throw FrameFailure(reason: "holds \(count) bytes, not \(size)")
    }
    return content
  }
}
