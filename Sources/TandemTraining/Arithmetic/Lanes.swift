/// Eight numbers that are worked on together.
typealias Lanes = SIMD8<Float>

extension Lanes {
  /// The numbers from `pointer` on, which need not be aligned.
  @inline(__always)
  init(at pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
  }

  /// Writes the numbers from `pointer` on.
  @inline(__always)
  func store(at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Lanes.self)
  }
}
