internal import TandemJSON

/// One number of a report with what is known about it.
package struct Metric: Hashable, Sendable {
  /// Its name within its section, as `pass@1`.
  package var key: String
  /// The value; nil when it cannot be had.
  package var value: Double?
  /// The bootstrap interval, nil when no resample has a value.
  package var interval: ClosedRange<Double>?
  /// Resamples without a value, which the interval leaves out.
  package var undefinedResamples: Int
  /// Problems that say nothing about it, for want of samples.
  package var excludedProblems: Int
  /// Why there is no value.
  package var why: String?

  /// A metric, with the reason for its absence should it have no value.
  init(
    key: String, value: Double?, interval: Bootstrap.Interval, excluded: Int = 0, absence: String
  ) {
    self.key = key
    self.value = value
    self.interval = interval.bounds
    undefinedResamples = interval.undefined
    excludedProblems = excluded
    why = value == nil ? absence : nil
  }
}

extension JSONObject {
  /// Adds each metric as a plain number or null, and beside them an object for their intervals.
  ///
  /// The intervals stand under `ci95`, or as the level is; `why`, `excluded_problems` and
  /// `undefined_resamples` are there for the metrics to which they apply.
  mutating func add(_ metrics: [Metric], level: Double) {
    var (intervals, reasons) = (JSONObject(), JSONObject())
    var (excluded, undefined) = (JSONObject(), JSONObject())
    for metric in metrics {
      self[metric.key] = metric.value.map(JSONValue.number) ?? .null
      intervals[metric.key] =
        metric.interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? .null
      reasons[metric.key] = metric.why.map(JSONValue.string)
      if metric.excludedProblems > 0 { excluded[metric.key] = .number(metric.excludedProblems) }
      if metric.undefinedResamples > 0 {
        undefined[metric.key] = .number(metric.undefinedResamples)
      }
    }
    self["ci\(Int((level * 100).rounded()))"] = .object(intervals)
    let notes = [
      ("why", reasons), ("excluded_problems", excluded), ("undefined_resamples", undefined),
    ]
    for (key, note) in notes where !note.members.isEmpty { self[key] = .object(note) }
  }
}

extension Bootstrap {
  /// How the intervals were made.
  var json: JSONValue {
    ["resamples": .number(resamples), "seed": .number(seed), "level": .number(level)]
  }
}
