internal import TandemJSON
internal import TandemRecords
internal import TandemShards

/// What became of the traces of one model.
package struct SamplingCount: Hashable, Sendable {
  package var traces = 0
  /// Traces that failed.
  package var errors = 0
  /// Traces that the largest number of tokens cut off.
  package var truncated = 0
  /// Tokens generated.
  package var tokens = 0

  /// The counts as a manifest's summary has them.
  var json: JSONValue {
    [
      "traces": .number(traces), "errors": .number(errors), "truncated": .number(truncated),
      "tokens": .number(tokens),
    ]
  }

  mutating func add(_ trace: Trace) {
    traces += 1
    errors += trace.error == nil ? 0 : 1
    truncated += trace.finishReason == "length" ? 1 : 0
    tokens += trace.completionTokens ?? 0
  }

  /// Counts the traces of finished parts, in the team's order.
  static func count(
    _ parts: [Manifest.Part], in folder: String, team: [String], context: StageContext
  ) throws -> [(model: String, count: SamplingCount)] {
    let counted = try Parallel.map(parts, threads: context.threads) { part in
      var reader = try RowReader<Trace>("\(folder)/\(part.name)")
      var counts: [String: SamplingCount] = [:]
      while let trace = try reader.next() { counts[trace.model, default: Self()].add(trace) }
      return counts
    }
    return team.map { model in
      let total = counted.reduce(into: Self()) { total, counts in
        guard let count = counts[model] else { return }
        total.traces += count.traces
        total.errors += count.errors
        total.truncated += count.truncated
        total.tokens += count.tokens
      }
      return (model, total)
    }
  }
}
