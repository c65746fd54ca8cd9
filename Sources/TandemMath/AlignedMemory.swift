internal import Glibc

/// Zeroed memory on a boundary of 64 bytes, freed with its owner.
///
/// Large memory comes straight from the system, in huge pages where it offers them; its pages count only once they are touched, so a
/// generous reserve is free.
///
/// Unchecked, because its properties never change: whoever shares the memory between threads writes only before sharing it.
final class AlignedMemory: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let byteCount: Int
  private let mapping: UnsafeMutableRawBufferPointer?

  private static let hugePage = 2 << 20

  /// - Throws: `MemoryError` when the system has not that much.
  init(byteCount: Int) throws(MemoryError) {
    self.byteCount = byteCount
    // The last huge page is kept whole where it is mostly used: reading weights at full speed needs huge pages.
    let whole = (byteCount &+ Self.hugePage &- 1) / Self.hugePage &* Self.hugePage
    let used = byteCount >= whole / 4 * 3 ? whole : byteCount
    if used >= Self.hugePage {
      let (size, overflow) = used.addingReportingOverflow(Self.hugePage)
      guard !overflow,
        let start = mmap(
          nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
        start != MAP_FAILED
      else { throw MemoryError(byteCount: byteCount) }
      mapping = UnsafeMutableRawBufferPointer(start: start, count: size)
      base = start.alignedUp(toMultipleOf: Self.hugePage)
      madvise(base, used, MADV_HUGEPAGE)
    } else {
      var pointer: UnsafeMutableRawPointer?
      guard byteCount >= 0, posix_memalign(&pointer, 64, max(byteCount, 64)) == 0, let pointer
      else { throw MemoryError(byteCount: byteCount) }
      mapping = nil
      base = pointer
      memset(base, 0, byteCount)
    }
  }

  deinit {
    if let mapping {
      munmap(mapping.baseAddress, mapping.count)
    } else {
      free(base)
    }
  }
}

/// The system could not give the memory asked for.
package struct MemoryError: Error, CustomStringConvertible {
  /// The bytes asked for.
  package let byteCount: Int

  package var description: String {
    "the system has not \(byteCount) bytes of memory left; use a smaller model, batch or context"
  }
}
