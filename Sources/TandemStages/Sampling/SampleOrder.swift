internal import TandemJSON
internal import TandemRecords
internal import TandemRollouts

/// One trace that is to be had: the request to the model, and where the trace belongs.
struct SampleOrder: Sendable {
  var request: RolloutRequest
  var problemID: String
  var model: String
  var round: Round
  var hintID: String?

  /// The trace of an outcome.
  func trace(_ outcome: RolloutOutcome) -> Trace {
    let identity = request.engine
    var sample = RolloutSample(text: "")
    if case .sample(let found) = outcome { sample = found }
    var trace = Trace(
      id: Trace.id(
        problemID: problemID, model: model, adapter: identity.adapter, round: round,
        sample: request.sample, prompt: request.prompt.text, text: sample.text),
      problemID: problemID, model: model, round: round, sample: request.sample, text: sample.text,
      engine: identity.engine)
    trace.prompt = request.prompt.text
    trace.promptIDs = request.prompt.ids
    trace.tokenIDs = sample.tokenIDs
    trace.rawLogprobsE4 = sample.rawLogprobsE4
    trace.samplingLogprobsE4 = sample.samplingLogprobsE4
    trace.finishReason = sample.finishReason
    trace.usage = Self.usage(sample)
    trace.sampling = request.sampling.json
    trace.seed = request.seed
    trace.modelFingerprint = identity.model
    trace.adapterFingerprint = identity.adapter
    trace.hintID = hintID
    if case .failure(let reason) = outcome { trace.error = reason }
    return trace
  }

  private static func usage(_ sample: RolloutSample) -> JSONObject? {
    var usage = JSONObject()
    usage["prompt_tokens"] = sample.promptTokens.map(JSONValue.number)
    usage["completion_tokens"] = sample.completionTokens.map(JSONValue.number)
    return usage.members.isEmpty ? nil : usage
  }
}
