internal import Dispatch
internal import TandemRecords

/// The percentile bootstrap over problems: problems are drawn with replacement and every statistic
/// is computed from the same draws.
///
/// Efron, Tibshirani, "An introduction to the bootstrap", 1993, chapter 13. The result depends on
/// the seed, not on the number of threads.
package struct Bootstrap: Hashable, Sendable {
  /// How often all problems are drawn again.
  package var resamples: Int
  /// The seed of the draws.
  package var seed: Int
  /// The share of resamples that lies within an interval.
  package var level: Double

  /// A bootstrap; 10,000 resamples and 95 % intervals unless said otherwise.
  package init(resamples: Int = 10_000, seed: Int = 0, level: Double = 0.95) {
    self.resamples = resamples
    self.seed = seed
    self.level = level
  }

  /// An interval, and how many resamples say nothing about it.
  package struct Interval: Hashable, Sendable {
    /// The ends, between the closest resamples; nil when no resample defines the statistic.
    package var bounds: ClosedRange<Double>?
    /// Resamples in which the statistic is undefined.
    package var undefined: Int
  }

  /// Calls `body` with each of the `count` problems drawn in a resample.
  func draw(_ resample: Int, of count: Int, _ body: (Int) -> Void) {
    let philox = Philox(key: UInt64(bitPattern: Int64(seed)))
    let high = UInt64(bitPattern: Int64(resample))
    var block: (UInt64, UInt64) = (0, 0)
    for place in 0..<UInt64(count) {
      if place & 3 == 0 { block = philox.block(place >> 2, high) }
      let pair = place & 2 == 0 ? block.0 : block.1
      let word = place & 1 == 0 ? pair & 0xFFFF_FFFF : pair >> 32
      // The upper half of the product is uniform up to `count` parts in 2^32.
      body(Int((word &* UInt64(count)) >> 32))
    }
  }

  /// The interval of each statistic.
  func intervals(of statistics: [Statistic], over columns: ProblemColumns) -> [Interval] {
    guard columns.problems > 0, resamples > 0 else {
      return statistics.map { _ in Interval(bounds: nil, undefined: max(resamples, 0)) }
    }
    // statistics x resamples; not a number where undefined.
    var values = [Double](repeating: .nan, count: statistics.count * resamples)
    let chunk = 64
    values.withUnsafeMutableBufferPointer { values in
      // Every call writes resamples of its own.
      nonisolated(unsafe) let values = values
      DispatchQueue.concurrentPerform(iterations: (resamples + chunk - 1) / chunk) { iteration in
        var sums = ColumnSums(groups: columns.stride)
        var times = [Double](repeating: 0, count: columns.problems)
        for resample in iteration * chunk..<min((iteration + 1) * chunk, resamples) {
          sums.clear()
          draw(resample, of: columns.problems) { times[$0] += 1 }
          for problem in times.indices where times[problem] > 0 {
            sums.add(problem, times: times[problem], of: columns)
            times[problem] = 0
          }
          for (index, statistic) in statistics.enumerated() {
            if let value = statistic.value(sums, problems: columns.problems) {
              values[index * resamples + resample] = value
            }
          }
        }
      }
    }
    return statistics.indices.map { index in
      interval(of: values[index * resamples..<(index + 1) * resamples])
    }
  }

  /// The middle share of the numbers, by linear interpolation between order statistics.
  private func interval(of values: ArraySlice<Double>) -> Interval {
    let sorted = values.filter { !$0.isNaN }.sorted()
    let undefined = values.count - sorted.count
    guard let last = sorted.indices.last else {
      return Interval(bounds: nil, undefined: undefined)
    }
    func quantile(_ share: Double) -> Double {
      let position = min(max(share, 0), 1) * Double(last)
      let below = Int(position)
      let above = min(below + 1, last)
      return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
    let (low, high) = (quantile((1 - level) / 2), quantile((1 + level) / 2))
    return Interval(bounds: min(low, high)...max(low, high), undefined: undefined)
  }
}
