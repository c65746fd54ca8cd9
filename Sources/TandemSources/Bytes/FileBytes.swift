internal import Glibc

/// The bytes of a file, in order or anywhere.
final class FileBytes: ByteSource {
  /// The name for messages.
  let name: String
  private let descriptor: CInt

  /// Opens a file for reading.
  ///
  /// - Throws: ``SourceError`` naming the file.
  init(path: String, name: String) throws(SourceError) {
    self.name = name
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(name) }
  }

  deinit { close(descriptor) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw Self.failure(name) }
    }
  }

  private static func failure(_ name: String) -> SourceError {
    switch errno {
    case ENOENT: SourceError(name, "no such file")
    case EISDIR: SourceError(name, "is a folder")
    default: SourceError(name, String(cString: strerror(errno)))
    }
  }
}

extension FileBytes: RandomBytes {
  func count() throws(SourceError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(name) }
    return Int(status.st_size)
  }

  func read(at offset: Int, count: Int) throws(SourceError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let piece = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress?.advanced(by: done), count - done, offset + done)
      }
      if piece < 0, errno == EINTR { continue }
      guard piece >= 0 else { throw Self.failure(name) }
      guard piece > 0 else { throw SourceError(name, "ends early: is it complete?") }
      done += piece
    }
    return bytes
  }
}

/// Bytes that can be read at any place.
protocol RandomBytes: AnyObject {
  /// How many there are.
  func count() throws(SourceError) -> Int
  /// The bytes at `offset`, which with `count` lies inside.
  func read(at offset: Int, count: Int) throws(SourceError) -> [UInt8]
}

extension MemoryBytes: RandomBytes {
  func count() -> Int { bytes.count }
  func read(at offset: Int, count: Int) -> [UInt8] { Array(bytes[offset..<offset + count]) }
}
