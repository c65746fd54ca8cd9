internal import Glibc

/// Keeps a second process out of a folder that is being written; gone with the process, however it ends.
package struct FolderLock: ~Copyable, Sendable {
  private let descriptor: CInt

  /// Takes the lock.
  ///
  /// - Throws: ``ShardError`` at once when another process holds it.
  package init(_ folder: String) throws(ShardError) {
    let path = "\(folder)/.lock"
    let descriptor = try check(path, "open") { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw ShardError(folder, "is being written by another tandem process; wait until it is done")
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
