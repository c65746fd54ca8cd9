internal import Glibc

/// What the system says of a file, by which a change is seen without reading it.
package struct FileStamp: Hashable, Sendable {
  package let size: Int
  private let device: UInt64
  private let inode: UInt64
  private let modified: Int
  private let changed: Int

  /// The stamp of a file, behind links; nil where there is none.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    size = Int(status.st_size)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    changed = status.st_ctim.tv_sec &* 1_000_000_000 &+ status.st_ctim.tv_nsec
  }

  /// When the file or what the system says of it last changed, in seconds since 1970.
  var changeSeconds: Int { changed / 1_000_000_000 }

  /// The stamp as one word.
  var text: String { "\(device):\(inode):\(size):\(modified):\(changed)" }
}
