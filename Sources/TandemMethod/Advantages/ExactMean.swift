/// Mean and standard deviation of many numbers, the same in whatever order and parts they are added.
///
/// Sums are kept in fixed point, with 40 binary places; numbers count as at most 2^24 in size, which rewards never
/// reach.
package struct ExactMean: Hashable, Sendable {
  private var sum: Int128 = 0
  private var squares: Int128 = 0
  /// How many numbers were added.
  package private(set) var count = 0

  /// No numbers.
  package init() {}

  /// Adds a number.
  package mutating func add(_ value: Double) {
    let value = value.isNaN ? 0 : min(max(value, -0x1p24), 0x1p24)
    sum += Int128((value * 0x1p40).rounded())
    squares += Int128((value * value * 0x1p40).rounded())
    count += 1
  }

  /// Adds all numbers of another.
  package mutating func add(_ other: ExactMean) {
    sum += other.sum
    squares += other.squares
    count += other.count
  }

  /// The mean; 0 of none.
  package var mean: Double {
    count > 0 ? Double(sum) * 0x1p-40 / Double(count) : 0
  }

  /// The population standard deviation; 0 of none.
  package var deviation: Double {
    guard count > 0 else { return 0 }
    let square = Double(squares) * 0x1p-40 / Double(count)
    let variance = square - mean * mean
    // Below the resolution of the sums there is nothing to tell.
    return variance > 0x1p-38 * max(1, square) ? variance.squareRoot() : 0
  }
}
