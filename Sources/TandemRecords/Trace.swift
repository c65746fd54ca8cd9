package import TandemJSON

/// One sampled solution of a problem.
package struct Trace: Hashable, Sendable {
  /// Digest of problem, model, adapter, round, sample, prompt and text.
  package var id: String
  /// The problem that it is about.
  package var problemID: String
  /// The name of the model in the team.
  package var model: String
  /// Where in the method it was sampled.
  package var round: Round
  /// 0-based number among the model's samples of this problem and round.
  package var sample: Int
  /// The prompt as text.
  package var prompt: String?
  /// The prompt as tokens.
  package var promptIDs: [Int32]?
  /// What the model wrote.
  package var text: String
  /// The tokens that it wrote, with the stop token exactly when the finish reason is `stop`.
  package var tokenIDs: [Int32]?
  /// Natural logarithm of each token's probability under the full softmax at temperature 1, times 10,000, rounded.
  package var rawLogprobsE4: [Int32]?
  /// The same under the distribution that sampled.
  package var samplingLogprobsE4: [Int32]?
  /// Why it ended: `stop`, `length`, or as the engine says.
  package var finishReason: String?
  /// Tokens used, as the engine counts them.
  package var usage: JSONObject?
  /// Temperature, top-p, top-k, min-p, as far as known.
  package var sampling: JSONObject?
  /// The seed of the sample.
  package var seed: Int?
  /// What produced it: an engine with its version, or `import`.
  package var engine: String
  /// Digest of the model's weights.
  package var modelFingerprint: String?
  /// Digest of the adapter's weights.
  package var adapterFingerprint: String?
  /// The hint that a rescue trace was sampled with, or would have been.
  package var hintID: String?
  /// Why it failed technically; then it counts as no sample.
  package var error: String?
  /// Members of the row that are none of the above.
  package var unknown = UnknownMembers()

  /// The tokens that the model wrote, as far as known.
  package var completionTokens: Int? {
    tokenIDs?.count ?? usage?["completion_tokens"]?.int
  }

}

// MARK: - Row

extension Trace: Record {
  /// Makes a trace with what every trace has; the rest is set afterwards.
  package init(
    id: String, problemID: String, model: String, round: Round, sample: Int, text: String,
    engine: String
  ) {
    self.init(
      id: id, problemID: problemID, model: model, round: round, sample: sample, text: text,
      engine: engine, unknown: UnknownMembers())
  }

  package static let kind = RecordKind("trace", version: 1)

  package static let columns: [JSONColumn] = [
    .string("id"), .string("problem_id"), .string("model"), .string("round"), .integer("sample"),
    .string("prompt"), .integers("prompt_ids"), .string("text"), .integers("token_ids"),
    .integers("raw_logprobs_e4"), .integers("sampling_logprobs_e4"), .string("finish_reason"),
    .raw("usage"), .raw("sampling"), .integer("seed"), .string("engine"),
    .string("model_fingerprint"), .string("adapter_fingerprint"), .string("hint_id"),
    .string("error"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    // One expression, so that the members are moved into place: row by row, copies would cost a tenth.
    try self.init(
      id: row.string(), problemID: row.string(), model: row.string(), round: row.choice("round"),
      sample: row.int(), prompt: row.optionalString(), promptIDs: row.optionalInt32s(),
      text: row.string(), tokenIDs: row.optionalInt32s(), rawLogprobsE4: row.optionalInt32s(),
      samplingLogprobsE4: row.optionalInt32s(), finishReason: row.optionalString(),
      usage: row.optionalObject("usage"), sampling: row.optionalObject("sampling"),
      seed: row.optionalInt(), engine: row.string(), modelFingerprint: row.optionalString(),
      adapterFingerprint: row.optionalString(), hintID: row.optionalString(),
      error: row.optionalString(), unknown: row.unknownMembers())
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("problem_id", problemID)
    writer.member("model", model)
    writer.member("round", round.rawValue)
    writer.member("sample", sample)
    writer.member("prompt", optional: prompt)
    writer.member("prompt_ids", optional: promptIDs)
    writer.member("text", text)
    writer.member("token_ids", optional: tokenIDs)
    writer.member("raw_logprobs_e4", optional: rawLogprobsE4)
    writer.member("sampling_logprobs_e4", optional: samplingLogprobsE4)
    writer.member("finish_reason", optional: finishReason)
    writer.member("usage", optional: usage.map(JSONValue.object))
    writer.member("sampling", optional: sampling.map(JSONValue.object))
    writer.member("seed", optional: seed)
    writer.member("engine", engine)
    writer.member("model_fingerprint", optional: modelFingerprint)
    writer.member("adapter_fingerprint", optional: adapterFingerprint)
    writer.member("hint_id", optional: hintID)
    writer.member("error", optional: error)
    writer.members(unknown)
  }
}
