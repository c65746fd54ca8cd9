/// The range that a ratio is clipped to, from 1 - low to 1 + high.
package struct RatioClip: Hashable, Sendable {
  package var low: Double
  package var high: Double

  /// Distances from 1.
  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// -min(q A, clip(q) A) and its derivative by ln q.
  func loss(ratio: Double, advantage: Double) -> (value: Double, slope: Double, isClipped: Bool) {
    let bound = advantage > 0 ? min(ratio, 1 + high) : max(ratio, 1 - low)
    let isClipped = advantage != 0 && bound != ratio
    return (-bound * advantage, isClipped ? 0 : -ratio * advantage, isClipped)
  }
}
