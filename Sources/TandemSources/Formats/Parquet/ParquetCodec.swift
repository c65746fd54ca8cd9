internal import CSnappy
internal import CZlib
internal import CZstd

/// How pages are compressed.
enum ParquetCodec: Int {
  case uncompressed, snappy, gzip, lzo, brotli, lz4, zstd, lz4Raw

  /// The bytes of a page, which must be `size` long.
  func decompress(_ bytes: ArraySlice<UInt8>, size: Int) throws(ParquetDamage) -> [UInt8] {
    var plain: [UInt8]
    switch self {
    case .uncompressed: plain = Array(bytes)
    case .snappy: plain = try Self.snappy(bytes, size: size)
    case .zstd: plain = try Self.zstd(bytes, size: size)
    case .gzip: plain = try Self.gzip(bytes, size: size)
    case .lzo, .brotli, .lz4, .lz4Raw:
      throw ParquetDamage(unsupported: "is compressed with \(self)")
    }
    guard plain.count == size else { throw ParquetDamage("has a page of the wrong size") }
    return plain
  }

  private static func snappy(_ bytes: ArraySlice<UInt8>, size: Int) throws(ParquetDamage) -> [UInt8]
  {
    var ok = false
    let plain = bytes.withUnsafeBytes { raw in
      let source = raw.assumingMemoryBound(to: CChar.self).baseAddress
      var length = 0
      guard snappy_uncompressed_length(source, raw.count, &length) == SNAPPY_OK, length == size
      else { return [UInt8]() }
      return [UInt8](unsafeUninitializedCapacity: size) { target, count in
        let pointer = UnsafeMutableRawPointer(target.baseAddress)?
          .assumingMemoryBound(to: CChar.self)
        ok = snappy_uncompress(source, raw.count, pointer, &length) == SNAPPY_OK
        count = ok ? size : 0
      }
    }
    guard ok else { throw ParquetDamage("has a damaged page (snappy)") }
    return plain
  }

  private static func zstd(_ bytes: ArraySlice<UInt8>, size: Int) throws(ParquetDamage) -> [UInt8] {
    var ok = false
    let plain = bytes.withUnsafeBytes { raw in
      [UInt8](unsafeUninitializedCapacity: size) { target, count in
        let written = ZSTD_decompress(target.baseAddress, size, raw.baseAddress, raw.count)
        ok = ZSTD_isError(written) == 0 && written == size
        count = ok ? size : 0
      }
    }
    guard ok else { throw ParquetDamage("has a damaged page (zstd)") }
    return plain
  }

  private static func gzip(_ bytes: ArraySlice<UInt8>, size: Int) throws(ParquetDamage) -> [UInt8] {
    do throws(SourceError) {
      let source = try GzipBytes(MemoryBytes(Array(bytes)), name: "")
      let window = ByteWindow(source, name: "")
      return try window.takeAll(limit: size)
    } catch {
      throw ParquetDamage("has a damaged page (gzip)")
    }
  }
}

/// The checksum that a page may carry: CRC-32 of its bytes as stored.
func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
  bytes.withUnsafeBytes { raw in
    let start = raw.assumingMemoryBound(to: UInt8.self).baseAddress
    return UInt32(truncatingIfNeeded: crc32_z(0, start, raw.count))
  }
}
