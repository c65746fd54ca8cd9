package import TandemJSON
package import TandemRecords
internal import TandemShards

/// A request with its sample, as the cache keeps them.
package struct Rollout: Hashable, Sendable {
  package var request: RolloutRequest
  package var sample: RolloutSample

  package init(request: RolloutRequest, sample: RolloutSample) {
    self.request = request
    self.sample = sample
  }
}

// MARK: - Row

extension Rollout: Record {
  package static let kind = RecordKind("rollout", version: 1)

  package static let columns: [JSONColumn] = [
    .string("engine"), .string("model_fingerprint"), .string("adapter_fingerprint"),
    .string("tokenizer_fingerprint"), .string("prompt"), .integers("prompt_ids"), .raw("sampling"),
    .integer("seed"),
    .integer("sample"), .string("text"), .integers("token_ids"), .integers("raw_logprobs_e4"),
    .integers("sampling_logprobs_e4"), .string("finish_reason"), .integer("prompt_tokens"),
    .integer("completion_tokens"),
  ]

  package init(row: inout JSONRow) throws(JSONError) {
    let engine = EngineIdentity(
      engine: try row.string(), model: try row.string(), adapter: row.optionalString(),
      tokenizer: row.optionalString())
    let prompt = RolloutPrompt(text: try row.string(), ids: row.optionalInt32s())
    guard let object = try row.optionalValue()?.object, let sampling = RolloutParameters(object)
    else { throw JSONError("`sampling` is not what it should be") }
    request = RolloutRequest(
      engine: engine, prompt: prompt, sampling: sampling, seed: try row.int(),
      sample: try row.int())
    sample = RolloutSample(
      text: try row.string(), tokenIDs: row.optionalInt32s(),
      rawLogprobsE4: row.optionalInt32s(), samplingLogprobsE4: row.optionalInt32s(),
      finishReason: row.optionalString(), promptTokens: row.optionalInt(),
      completionTokens: row.optionalInt())
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("engine", request.engine.engine)
    writer.member("model_fingerprint", request.engine.model)
    writer.member("adapter_fingerprint", optional: request.engine.adapter)
    writer.member("tokenizer_fingerprint", optional: request.engine.tokenizer)
    writer.member("prompt", request.prompt.text)
    writer.member("prompt_ids", optional: request.prompt.ids)
    writer.member("sampling", .object(request.sampling.json))
    writer.member("seed", request.seed)
    writer.member("sample", request.sample)
    writer.member("text", sample.text)
    writer.member("token_ids", optional: sample.tokenIDs)
    writer.member("raw_logprobs_e4", optional: sample.rawLogprobsE4)
    writer.member("sampling_logprobs_e4", optional: sample.samplingLogprobsE4)
    writer.member("finish_reason", optional: sample.finishReason)
    writer.member("prompt_tokens", optional: sample.promptTokens)
    writer.member("completion_tokens", optional: sample.completionTokens)
  }
}

// MARK: - Stored form

extension Rollout {
  /// The largest body that is read; a bound against damaged entries.
  private static let limit = 1 << 30

  /// The row in a zstd frame.
  func encoded() throws -> [UInt8] {
    var writer = JSONWriter(capacity: 1 << 14)
    write(to: &writer)
    return try ZstdFrame.compress(writer.bytes, level: 3)
  }

  /// Reads a body, and checks that it is the one that belongs under `key`.
  ///
  /// - Throws: ``Damage`` with the reason.
  init(encoded bytes: [UInt8], under key: RolloutKey) throws(Damage) {
    do {
      let row = try ZstdFrame.decompress(bytes, padding: JSONParser.padding, limit: Self.limit)
      var parser = try JSONRowParser(columns: Self.columns)
      self = try row.span.withUnsafeBytes { padded throws(JSONError) in
        let line = UnsafeRawBufferPointer(rebasing: padded.dropLast(JSONParser.padding))
        var members = try parser.parse(padded: line)
        return try Rollout(row: &members)
      }
    } catch let error as JSONError {
      throw Damage(reason: error.description)
    } catch {
      throw Damage(reason: "\(error)")
    }
    guard RolloutKey(request) == key else {
      throw Damage(reason: "holds another request than its key says")
    }
  }

  /// Why an entry is not what was stored.
  struct Damage: Error, Hashable {
    var reason: String
  }
}
