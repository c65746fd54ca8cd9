internal import CElementwise

/// Loops over rows of numbers, in lanes and in a fixed order.
enum Rows {
  /// The sum of products.
  static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    var sum = Lanes.zero
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      sum += Lanes(at: a + index) * Lanes(at: b + index)
    }
    var total = sum.sum()
    for index in whole..<count { total += a[index] * b[index] }
    return total
  }

  /// Adds to every number of `target`.
  static func add(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    for index in 0..<count { target[index] += source[index] }
  }

  /// The largest number; minus infinity of none.
  static func maximum(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
    let whole = count & ~7
    var largest = Lanes(repeating: -.infinity)
    for index in stride(from: 0, to: whole, by: 8) {
      let next = Lanes(at: values + index)
      largest.replace(with: next, where: next .> largest)
    }
    var result = largest.max()
    for index in whole..<count { result = max(result, values[index]) }
    return result
  }

  /// Replaces every number by e to the power of its distance from `offset`, and returns their sum.
  static func exponentiate(
    _ values: UnsafeMutablePointer<Float>, minus offset: Float, _ count: Int
  ) -> Float {
    ce_exponentiate(values, offset, count)
  }

  /// As ``exponentiate(_:minus:_:)``, with the sum of every result times the number it was made from.
  static func exponentiateWeighing(
    _ values: UnsafeMutablePointer<Float>, minus offset: Float, _ count: Int
  ) -> (sum: Float, weighted: Float) {
    var weighted: Float = 0
    let sum = ce_exponentiate_weighing(values, offset, count, &weighted)
    return (sum, weighted)
  }
}
