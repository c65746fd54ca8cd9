package import TandemJSON

/// What one trace is worth, and how far that is above its group.
package struct Reward: Record, Hashable {
  /// The trace's id.
  package var traceID: String
  /// The problem's id.
  package var problemID: String
  /// The model that wrote the trace.
  package var model: String
  /// The trace's round.
  package var round: Round
  /// The value of each term.
  package var terms: RewardTerms
  /// The weight of each term.
  package var weights: RewardTerms
  /// The preset that the terms follow.
  package var preset: RewardPreset
  /// The sum of each term times its weight.
  package var total: Double
  /// The total against the group's, normalised.
  package var advantage: Double
  /// The traces it is compared with: all rows with the same value.
  package var group: String
  /// Why the whole group has no advantage; nil when it has.
  package var zeroReason: ZeroAdvantage?
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()

  /// Makes the reward of a trace, with the total that follows from terms and weights.
  package init(
    of trace: Trace, terms: RewardTerms, weights: RewardTerms, preset: RewardPreset,
    advantage: Double, group: String, zeroReason: ZeroAdvantage? = nil
  ) {
    traceID = trace.id
    problemID = trace.problemID
    model = trace.model
    round = trace.round
    self.terms = terms
    self.weights = weights
    self.preset = preset
    total = terms.total(weights)
    self.advantage = advantage
    self.group = group
    self.zeroReason = zeroReason
  }

  // MARK: Record

  package static let kind = RecordKind("reward", version: 1)

  package static let columns: [JSONColumn] = [
    .string("trace_id"), .string("problem_id"), .string("model"), .string("round"), .raw("terms"),
    .raw("weights"), .string("preset"), .real("total"), .real("advantage"), .string("group"),
    .string("zero_reason"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    traceID = try row.string()
    problemID = try row.string()
    model = try row.string()
    round = try row.choice("round")
    terms = try RewardTerms(try row.object("terms"), of: "terms")
    weights = try RewardTerms(try row.object("weights"), of: "weights")
    preset = try row.choice("preset")
    total = try row.double()
    advantage = try row.double()
    group = try row.string()
    zeroReason = try row.optionalChoice("zero_reason")
    unknown = row.unknownMembers()
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("trace_id", traceID)
    writer.member("problem_id", problemID)
    writer.member("model", model)
    writer.member("round", round.rawValue)
    writer.key("terms")
    terms.write(to: &writer)
    writer.key("weights")
    weights.write(to: &writer)
    writer.member("preset", preset.rawValue)
    writer.member("total", total)
    writer.member("advantage", advantage)
    writer.member("group", group)
    writer.member("zero_reason", optional: zeroReason?.rawValue)
    writer.members(unknown)
  }
}
