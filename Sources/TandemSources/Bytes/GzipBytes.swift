internal import CZlib

/// The bytes that a gzip stream holds, with the checksum of each of its members verified.
///
/// libarchive also reads gzip, but does not compare the checksum.
final class GzipBytes: ByteSource {
  private let source: any ByteSource
  private let name: String
  // zlib remembers the address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
  private var inMember = true
  private var ended = false

  init(_ source: any ByteSource, name: String) throws(SourceError) {
    self.source = source
    self.name = name
    stream.initialize(to: z_stream())
    // 16 asks for a gzip header and trailer, 15 for the largest window.
    let status = inflateInit2_(
      stream, 16 + 15, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw SourceError(name, "zlib cannot start") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
    let room = UInt32(clamping: buffer.count)
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = room
    while !ended, stream.pointee.avail_out == room {
      if stream.pointee.avail_in == 0 { try refill() }
      if !inMember { skipZeros() }
      guard !ended, stream.pointee.avail_in > 0 else { continue }
      let status = inflate(stream, Z_NO_FLUSH)
      switch status {
      case Z_OK, Z_BUF_ERROR: inMember = true
      case Z_STREAM_END:
        inMember = false
        inflateReset(stream)
      default: throw SourceError(name, "is damaged (gzip: \(reason)): get a fresh copy")
      }
    }
    return Int(room - stream.pointee.avail_out)
  }

  /// Some programs fill the last block behind a member with zeros.
  private func skipZeros() {
    while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
  }

  private var reason: String {
    stream.pointee.msg.map { String(cString: $0) } ?? "wrong checksum"
  }

  private func refill() throws(SourceError) {
    let count = try source.read(into: input)
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
    guard count == 0 else { return }
    ended = true
    if inMember { throw SourceError(name, "is cut off: get a fresh copy") }
  }
}
