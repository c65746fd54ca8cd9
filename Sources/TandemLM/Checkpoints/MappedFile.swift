internal import Glibc

/// A file's bytes, mapped into memory and read as they are needed.
///
/// A file that is cut short by another process while it is mapped ends this one, as with every mapping; files of models
/// are replaced, not rewritten.
package final class MappedFile: Sendable {
  /// The path, as the user would name it.
  package let path: String
  /// The number of bytes.
  package let count: Int
  // Mapped for reading alone and never changed until `deinit`, so that any thread may read.
  private nonisolated(unsafe) let base: UnsafeMutableRawPointer?

  /// Maps a file; an empty one holds no bytes.
  ///
  /// - Throws: ``ModelError`` when it cannot be read or is no file.
  package init(_ path: String) throws(ModelError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "open") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, "read") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw ModelError(path, "is not a file") }
    count = Int(status.st_size)
    guard count > 0 else {
      base = nil
      return
    }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED
    else { throw Self.failure(path, "map") }
    self.base = base
  }

  deinit {
    if let base { munmap(base, count) }
  }

  /// Gives the bytes to `body`.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// Tells the system that these bytes will not be read again soon, so that they no longer count as memory of ours.
  package func forget(_ range: Range<Int>) {
    let page = Int(sysconf(CInt(_SC_PAGESIZE)))
    let start = (range.lowerBound + page - 1) / page * page
    let end = min(range.upperBound, count) / page * page
    guard let base, start < end else { return }
    madvise(base + start, end - start, MADV_DONTNEED)
  }

  private static func failure(_ path: String, _ action: String) -> ModelError {
    ModelError(path, "cannot \(action): \(String(cString: strerror(errno)))")
  }
}
