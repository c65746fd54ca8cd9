package import TandemJSON

/// What the trainer reads: tokens with an advantage.
package struct Example: Record, Hashable {
  /// Content-derived, the same on every machine.
  package var id: String
  /// The trace's id.
  package var traceID: String
  /// The prompt that it trains on.
  package var promptIDs: [Int32]
  /// The tokens that the model wrote.
  package var completionIDs: [Int32]
  /// 1 for a completion token that counts, 0 for one that does not; nil when all count.
  package var lossMask: [Int32]?
  /// Natural logarithm of each completion token's probability, times 10,000, rounded.
  package var behaviourLogprobsE4: [Int32]?
  /// The distribution of those logprobs.
  package var behaviourMode: BehaviourMode
  /// The trace's advantage.
  package var advantage: Double
  /// What its loss is multiplied with.
  package var weight: Double
  /// The trace's round.
  package var round: Round
  /// The group that the advantage was computed in.
  package var group: String
  /// What it was made from, and how.
  package var provenance: JSONObject
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()

  /// Makes an example; see the properties.
  package init(
    id: String, traceID: String, promptIDs: [Int32], completionIDs: [Int32],
    lossMask: [Int32]? = nil, behaviourLogprobsE4: [Int32]? = nil, behaviourMode: BehaviourMode,
    advantage: Double, weight: Double, round: Round, group: String, provenance: JSONObject
  ) {
    self.id = id
    self.traceID = traceID
    self.promptIDs = promptIDs
    self.completionIDs = completionIDs
    self.lossMask = lossMask
    self.behaviourLogprobsE4 = behaviourLogprobsE4
    self.behaviourMode = behaviourMode
    self.advantage = advantage
    self.weight = weight
    self.round = round
    self.group = group
    self.provenance = provenance
  }

  // MARK: Record

  package static let kind = RecordKind("example", version: 1)

  package static let columns: [JSONColumn] = [
    .string("id"), .string("trace_id"), .integers("prompt_ids"), .integers("completion_ids"),
    .integers("loss_mask"), .integers("behaviour_logprobs_e4"), .string("behaviour_mode"),
    .real("advantage"), .real("weight"), .string("round"), .string("group"), .raw("provenance"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    id = try row.string()
    traceID = try row.string()
    promptIDs = try row.int32s("prompt_ids")
    completionIDs = try row.int32s("completion_ids")
    lossMask = row.optionalInt32s()
    behaviourLogprobsE4 = row.optionalInt32s()
    behaviourMode = try row.choice("behaviour_mode")
    advantage = try row.double()
    weight = try row.double()
    round = try row.choice("round")
    group = try row.string()
    provenance = try row.object("provenance")
    unknown = row.unknownMembers()
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("trace_id", traceID)
    writer.member("prompt_ids", promptIDs)
    writer.member("completion_ids", completionIDs)
    writer.member("loss_mask", optional: lossMask)
    writer.member("behaviour_logprobs_e4", optional: behaviourLogprobsE4)
    writer.member("behaviour_mode", behaviourMode.rawValue)
    writer.member("advantage", advantage)
    writer.member("weight", weight)
    writer.member("round", round.rawValue)
    writer.member("group", group)
    writer.member("provenance", JSONValue.object(provenance))
    writer.members(unknown)
  }
}
