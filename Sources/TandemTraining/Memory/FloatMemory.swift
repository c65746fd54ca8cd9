internal import Glibc

/// Room for 32-bit numbers, aligned to 64 bytes and zero at first.
///
/// Pages that were never touched cost nothing.
final class FloatMemory {
  /// The first number.
  let base: UnsafeMutablePointer<Float>
  /// The number of numbers.
  let count: Int

  /// Reserves memory.
  ///
  /// - Throws: ``TrainingError`` when the system refuses.
  init(count: Int) throws(TrainingError) {
    let bytes = max(count, 1).multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    // Mapped, not allocated, so that the system zeroes it and large blocks go back at once.
    let address =
      bytes.overflow
      ? MAP_FAILED
      : mmap(nil, bytes.partialValue, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let address, address != MAP_FAILED else {
      throw TrainingError(
        "cannot reserve \(bytes.partialValue) bytes; use a smaller --token-budget or model")
    }
    base = address.bindMemory(to: Float.self, capacity: max(count, 1))
    self.count = count
  }

  deinit { munmap(base, max(count, 1) * MemoryLayout<Float>.stride) }
}
