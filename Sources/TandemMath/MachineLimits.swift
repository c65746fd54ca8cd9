internal import CKernels
internal import Glibc

/// What one thread of this machine can do at best, measured: the scale on which speeds are judged.
package struct MachineLimits: Sendable {
  /// Float32 operations in a second of processor time (a multiply-add is two).
  package let operations: Double
  /// Bytes read from memory in a second of processor time.
  package let bytesRead: Double

  /// Measures for a fraction of a second.
  ///
  /// The best of several runs and, for reading, of several distances of prefetching; arithmetic at the level whose best is greatest, since
  /// wider registers can lower the clock.
  ///
  /// - Parameter memory: bytes to read, several times the largest cache.
  /// - Throws: `MemoryError`.
  package static func measure(memory: Int = 256 << 20) throws -> MachineLimits {
    var operations = 0.0
    for level in KernelLevel.available where level > .portable || level == .best {
      let kernels = level.kernels
      let rounds = level == .portable ? 10_000 : 1_000_000
      for _ in 0..<5 {
        let seconds = ProcessorTime.measure { _ = kernels.pointee.peak(rounds) }
        operations = max(operations, Double(rounds * kernels.pointee.tile_rows * 32) / seconds)
      }
    }
    let data = try AlignedMemory(byteCount: memory / 512 * 512)
    memset(data.base, 1, data.byteCount)
    var bytesRead = 0.0
    for ahead in [1024, 2048, 4096, 8192] {
      for _ in 0..<2 {
        let seconds = ProcessorTime.measure {
          _ = KernelLevel.best.kernels.pointee.read(data.base, data.byteCount, ahead)
        }
        bytesRead = max(bytesRead, Double(data.byteCount) / seconds)
      }
    }
    return MachineLimits(operations: operations, bytesRead: bytesRead)
  }
}

/// Processor time of the whole process, which a busy machine changes less than the clock on the wall.
package enum ProcessorTime {
  /// Seconds so far.
  package static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Seconds that a piece of work takes.
  package static func measure(_ work: () -> Void) -> Double {
    let start = now
    work()
    return now - start
  }
}
