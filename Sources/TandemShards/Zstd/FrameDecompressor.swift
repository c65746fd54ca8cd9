internal import CZstd
internal import TandemJSON

/// Decodes zstd frames into a buffer that is kept from frame to frame and padded for the JSON parser.
struct FrameDecompressor: ~Copyable {
  private let context: OpaquePointer
  private var output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)

  init() throws(ShardError) {
    guard let context = ZSTD_createDCtx() else { throw ShardError("zstd", "out of memory") }
    self.context = context
  }

  deinit {
    ZSTD_freeDCtx(context)
    output.deallocate()
  }

  /// Decodes a frame that must hold exactly `size` bytes; valid until the next call.
  ///
  /// - Returns: the content, or zstd's reason for refusing it.
  mutating func decode(_ frame: UnsafeRawBufferPointer, size: Int)
    -> Result<UnsafeRawBufferPointer, FrameFailure>
  {
    if output.count < size + JSONParser.padding {
      output.deallocate()
      output = .allocate(byteCount: size + JSONParser.padding, alignment: 64)
    }
    let count = ZSTD_decompressDCtx(
      context, output.baseAddress, size, frame.baseAddress, frame.count)
    guard ZSTD_isError(count) == 0 else {
      return .failure(FrameFailure(reason: String(cString: ZSTD_getErrorName(count))))
    }
    guard count == size else {
      return .failure(FrameFailure(reason: "holds \(count) bytes, not \(size)"))
    }
    return .success(UnsafeRawBufferPointer(rebasing: output.prefix(size)))
  }
}

/// Why a frame could not be decoded.
package struct FrameFailure: Error, CustomStringConvertible {
  /// zstd's words.
  let reason: String

  package var description: String { reason }
}
