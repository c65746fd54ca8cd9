internal import Glibc

/// Locks among all processes that use a cache: bytes of one empty file, locked by the kernel.
///
/// A lock goes with the process that holds it, however that ends, so there is nothing to expire and nothing to clean
/// up. Locks belong to the open file, so that two caches in one process keep each other out as two processes do.
final class CacheLocks: Sendable {
  /// What a lock stands for.
  enum Place {
    /// Opening the cache and making its tables.
    case setup
    /// Using the cache, which is shared; taking entries out needs it alone.
    case use
    /// Computing the sample of a key.
    case claim(RolloutKey)

    /// The byte of the file: the first 62 bits of a key, above those of the other places.
    fileprivate var offset: off_t {
      switch self {
      case .setup: 0
      case .use: 1
      case .claim(let key):
        1 << 62 | off_t(key.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } >> 2)
      }
    }
  }

  /// Whether others may hold the lock too.
  enum Mode {
    case shared, exclusive
  }

  // Linux's numbers; Glibc shows them to C programs only that ask for GNU's extensions.
  private static let setLock: CInt = 37
  private static let setLockWaiting: CInt = 38

  private let path: String
  private let descriptor: CInt

  /// Opens the file, or makes it.
  init(_ path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw RolloutError(path, "cannot open: \(String(cString: strerror(errno)))")
    }
    self.path = path
  }

  deinit { close(descriptor) }

  /// Takes a lock if nobody else holds it.
  func tryLock(_ place: Place, _ mode: Mode) throws -> Bool {
    try set(place, mode == .shared ? F_RDLCK : F_WRLCK, command: Self.setLock)
  }

  /// Takes a lock, and waits for it where others hold it.
  func lock(_ place: Place, _ mode: Mode) throws {
    _ = try set(place, mode == .shared ? F_RDLCK : F_WRLCK, command: Self.setLockWaiting)
  }

  /// Gives a lock back.
  func unlock(_ place: Place) {
    _ = try? set(place, F_UNLCK, command: Self.setLock)
  }

  private func set(_ place: Place, _ type: CInt, command: CInt) throws -> Bool {
    while true {
      var request = flock()
      request.l_type = Int16(type)
      request.l_whence = Int16(SEEK_SET)
      request.l_start = place.offset
      request.l_len = 1
      if fcntl(descriptor, command, &request) == 0 { return true }
      switch errno {
      case EAGAIN, EACCES: return false
      case EINTR: continue
      default:
        let reason = String(cString: strerror(errno))
        throw RolloutError(
          path, "cannot lock: \(reason); a cache must lie on a local disk, or give --no-cache")
      }
    }
  }
}
