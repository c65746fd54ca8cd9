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

  /// e to the power of every number, with a relative error of about 1e-7.
  ///
  /// Below -87 the result is that of -87, about 1e-38; above 88 that of 88. The exponent is split into a multiple of
  /// ln 2 and a rest of at most half of that, whose Taylor polynomial of degree 7 is within 4e-9.
  @inline(__always)
  var exponential: Lanes {
    var x = self
    x.replace(with: -87, where: x .< -87)
    x.replace(with: 88, where: x .> 88)
    // Adding 1.5 * 2^23 rounds to a whole number that stands in the low bits.
    let shifted = x * 1.442_695_04 + 12_582_912
    let whole = shifted - 12_582_912
    let rest = x - whole * 0.693_359_375 - whole * -2.121_944_4e-4
    var sum = rest * (1 / 5040) + (1 / 720)
    sum = sum * rest + (1 / 120)
    sum = sum * rest + (1 / 24)
    sum = sum * rest + (1 / 6)
    sum = sum * rest + 0.5
    sum = sum * rest + 1
    sum = sum * rest + 1
    let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
    return unsafeBitCast(unsafeBitCast(sum, to: SIMD8<Int32>.self) &+ exponent, to: Lanes.self)
  }
}
