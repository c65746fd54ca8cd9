/// The learning rate of every step: a rise in equal steps, then constant or half a cosine down to zero.
package struct LearningRate: Hashable, Sendable {
  /// What follows the rise.
  package enum Shape: String, Hashable, Sendable, CaseIterable {
    case cosine, constant
  }

  package var peak: Double
  package var shape: Shape
  /// The share of the steps that the rise takes.
  package var warmup: Double

  /// A schedule; for any number of steps.
  package init(peak: Double, shape: Shape = .cosine, warmup: Double = 0.1) {
    self.peak = peak
    self.shape = shape
    self.warmup = warmup
  }

  /// The rate of a step, counted from 0, of `total`.
  package func rate(_ step: Int, of total: Int) -> Double {
    let rise = Int((warmup * Double(total)).rounded())
    if step < rise { return peak * Double(step + 1) / Double(rise) }
    guard shape == .cosine, total > rise else { return peak }
    let progress = Double(step - rise) / Double(total - rise)
    return peak * 0.5 * (1 + (progress * Double.pi).cosine)
  }
}
