internal import Glibc
internal import TandemRecords

/// An open file that is read at any offset.
package struct InputFile: ~Copyable {
  package let path: String
  /// Bytes in the file when it was opened.
  package let size: Int
  private let descriptor: CInt

  /// Opens a file for reading.
  ///
  /// - Throws: ``ShardError`` with the system's reason.
  package init(_ path: String) throws(ShardError) {
    let descriptor = try check(path, "open") { open(path, O_RDONLY | O_CLOEXEC) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw ShardError(path, "is not a regular file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills `buffer` from `offset`.
  ///
  /// - Throws: ``ShardError`` when the file ends before.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ShardError) {
    var done = 0
    while done < buffer.count {
      let target = buffer.baseAddress.map { $0 + done }
      let count = try check(path, "read") {
        pread(descriptor, target, buffer.count - done, off_t(offset + done))
      }
      guard count > 0 else { throw ShardError(path, "ends before byte \(offset + buffer.count)") }
      done += count
    }
  }

  /// The bytes of a range.
  ///
  /// - Throws: ``ShardError`` when the file ends before.
  package func bytes(at offset: Int, count: Int) throws(ShardError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var span = bytes.mutableSpan
    try span.withUnsafeMutableBytes { buffer throws(ShardError) in
      try read(into: buffer, at: offset)
    }
    return bytes
  }

  /// The SHA-256 of the whole file, in hexadecimal digits.
  package func sha256() throws(ShardError) -> String {
    var digest = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    var offset = 0
    while offset < size {
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(size - offset))
      try read(into: piece, at: offset)
      digest.update(UnsafeRawBufferPointer(piece))
      offset += piece.count
    }
    return digest.finish().hex
  }
}
