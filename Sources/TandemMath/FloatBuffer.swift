/// Owns floats that change, zeroed at first and 64-byte aligned: activations, scratch, caches.
///
/// Not safe to share between threads; kernels split it among theirs.
package final class FloatBuffer {
  private let memory: AlignedMemory
  /// The floats there is room for.
  package let capacity: Int
  /// The first float.
  package let base: UnsafeMutablePointer<Float>

  /// - Throws: `MemoryError` when the system has not that much. Large memory is taken only as it is touched.
  package init(capacity: Int) throws(MemoryError) {
    let (bytes, overflow) = capacity.multipliedReportingOverflow(by: 4)
    guard !overflow else { throw MemoryError(byteCount: .max) }
    memory = try AlignedMemory(byteCount: bytes)
    self.capacity = capacity
    base = memory.base.bindMemory(to: Float.self, capacity: capacity)
  }

  /// The buffer's start seen as `count` rows of `width` floats without gaps.
  package func rows(_ count: Int, width: Int) -> Rows {
    precondition(count * width <= capacity, "\(count) x \(width) floats do not fit \(capacity)")
    return Rows(base: base, count: count, width: width)
  }
}
