internal import CZstd

/// Compresses independent zstd frames that carry their size and a content checksum.
struct FrameCompressor: ~Copyable {
  private let context: OpaquePointer
  private var output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)

  /// A compressor of one level, 1 (fast) to 19 (small).
  init(level: Int) throws(ShardError) {
    guard let context = ZSTD_createCCtx() else { throw ShardError("zstd", "out of memory") }
    // Levels beyond the library's are clamped by it, and the flag always exists: neither call fails.
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, CInt(clamping: level))
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    self.context = context
  }

  deinit {
    ZSTD_freeCCtx(context)
    output.deallocate()
  }

  /// One frame with all of `input`; valid until the next call.
  mutating func compress(_ input: UnsafeRawBufferPointer) throws(ShardError)
    -> UnsafeRawBufferPointer
  {
    let bound = ZSTD_compressBound(input.count)
    if output.count < bound {
      output.deallocate()
      output = .allocate(byteCount: bound, alignment: 64)
    }
    let count = try Self.check(
      ZSTD_compress2(context, output.baseAddress, output.count, input.baseAddress, input.count))
    return UnsafeRawBufferPointer(rebasing: output.prefix(count))
  }

  private static func check(_ status: Int) throws(ShardError) -> Int {
    guard ZSTD_isError(status) == 0 else {
      throw ShardError("zstd", String(cString: ZSTD_getErrorName(status)))
    }
    return status
  }
}
