internal import Glibc

/// A file that appears under its name whole or not at all: written beside it under a temporary name,
/// synced, and renamed.
///
/// Dropped before ``commit()``, it leaves nothing behind.
package struct AtomicFile: ~Copyable {
  package let path: String
  private let temporaryPath: String
  private let descriptor: CInt
  private var committed = false

  /// The ending of temporary names; files that carry it are leftovers once nobody writes them.
  package static let temporarySuffix = ".tmp"

  /// Starts a file; nothing is seen under `path` until ``commit()``.
  package init(_ path: String) throws(ShardError) {
    self.path = path
    let (folder, name) = Folder.split(path)
    let temporary = "\(folder)/.\(name)\(Self.temporarySuffix)"
    temporaryPath = temporary
    descriptor = try check(path, "create") {
      open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    }
  }

  deinit {
    close(descriptor)
    if !committed { unlink(temporaryPath) }
  }

  /// Appends bytes.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(ShardError) {
    var done = 0
    while done < bytes.count {
      let source = bytes.baseAddress.map { $0 + done }
      done += try check(path, "write") { Glibc.write(descriptor, source, bytes.count - done) }
    }
  }

  /// Appends bytes.
  package func write(_ bytes: [UInt8]) throws(ShardError) {
    try bytes.span.withUnsafeBytes { bytes throws(ShardError) in try write(bytes) }
  }

  /// Makes the file durable and gives it its name, replacing what stood there.
  package mutating func commit() throws(ShardError) {
    _ = try check(path, "sync") { fsync(descriptor) }
    _ = try check(path, "rename") { rename(temporaryPath, path) }
    committed = true
    try Folder.sync(Folder.split(path).folder)
  }

  /// Writes a whole file at once.
  package static func write(_ text: String, to path: String) throws(ShardError) {
    var file = try AtomicFile(path)
    try file.write(Array(text.utf8))
    try file.commit()
  }
}
