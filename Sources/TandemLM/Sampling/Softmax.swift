internal import Glibc

/// Sums of exponentials over rows of logits, in fixed orders, so that equal rows give equal bits.
enum Softmax {
  /// The index of the largest number, the first of equal ones.
  static func indexOfMaximum(_ row: UnsafeBufferPointer<Float>) -> Int {
    var best = 0
    for index in row.indices where row[index] > row[best] { best = index }
    return best
  }

  /// The natural logarithm of the sum of exponentials; not finite when a number of the row is none.
  static func logSumExp(_ row: UnsafeBufferPointer<Float>) -> Double {
    let maximum = row[indexOfMaximum(row)]
    var weights: [Float] = []
    exponentials(of: row, minus: maximum, times: 1, into: &weights)
    return Double(maximum) + log(sum(weights))
  }

  /// Fills `weights` with `exp((row - maximum) * factor)`.
  static func exponentials(
    of row: UnsafeBufferPointer<Float>, minus maximum: Float, times factor: Double,
    into weights: inout [Float]
  ) {
    weights.removeAll(keepingCapacity: true)
    for value in row { weights.append(Float(exp((Double(value) - Double(maximum)) * factor))) }
  }

  /// The sum, in eight interleaved parts.
  static func sum(_ values: [Float]) -> Double {
    var parts = SIMD8<Double>()
    values.withUnsafeBufferPointer { values in
      let whole = values.count / 8 * 8
      for start in stride(from: 0, to: whole, by: 8) {
        var eight = SIMD8<Float>()
        for lane in 0..<8 { eight[lane] = values[start + lane] }
        parts += SIMD8<Double>(eight)
      }
      for index in whole..<values.count { parts[index - whole] += Double(values[index]) }
    }
    return parts.sum()
  }
}
