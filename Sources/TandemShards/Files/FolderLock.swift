internal import Glibc

/// A folder that one process writes at a time; the lock goes with the process, however that ends.
///
/// Folders that had to be made for it are removed with it where they are still empty, so that a stage that fails
/// before it writes leaves no trace.
package struct FolderLock: ~Copyable, Sendable {
  private let path: String
  private let descriptor: CInt
  /// The folders that were made, the outermost first.
  private let made: [String]

  /// Makes the folder if it is not there, and takes its lock.
  ///
  /// - Throws: ``ShardError`` at once when another process holds it.
  package init(_ folder: String) throws(ShardError) {
    path = "\(folder)/.lock"
    while true {
      let made = try Folder.create(folder)
      // A process that failed may remove the folder at this moment: then it is made again.
      guard let descriptor = try Self.open(path, in: folder) else { continue }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        throw ShardError(
          folder, "is being written by another tandem process; wait until it is done")
      }
      if Self.isSame(descriptor, path) {
        self.descriptor = descriptor
        self.made = made
        return
      }
      close(descriptor)
    }
  }

  deinit {
    if !made.isEmpty, (try? Folder.names(in: Folder.split(path).folder)) == [".lock"] {
      unlink(path)
      for folder in made.reversed() { rmdir(folder) }
    }
    close(descriptor)
  }

  private static func open(_ path: String, in folder: String) throws(ShardError) -> CInt? {
    do {
      return try check(path, "open") { Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
    } catch {
      if Folder.exists(folder) { throw error }
      return nil
    }
  }

  /// Whether the open file still stands under its name.
  private static func isSame(_ descriptor: CInt, _ path: String) -> Bool {
    var (open, named) = (stat(), stat())
    return fstat(descriptor, &open) == 0 && stat(path, &named) == 0
      && (open.st_dev, open.st_ino) == (named.st_dev, named.st_ino)
  }
}
