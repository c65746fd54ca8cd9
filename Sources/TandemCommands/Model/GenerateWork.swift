internal import Dispatch
internal import TandemJSON
internal import TandemLM
internal import TandemPrompts
internal import TandemRollouts
internal import TandemTokenizer

/// What `tandem generate` does.
struct GenerateWork {
  /// How text becomes ids and back; nil when prompt and answer are ids.
  let text: PromptEncoder?
  let stops: [String]
  let json: Bool
  let sampling: SamplingParameters
  let seeds: [Int]
  let maximumTokens: Int

  /// Generates the answers of a prompt and writes them.
  func run(
    _ prompt: String, model: Model, adapter: Adapter?, threads: Int, output: inout StandardOutput
  ) throws {
    let ids = try text?.prompt(of: prompt).ids ?? TokenIDs.parse(prompt, option: "--ids")
    let request = GenerationRequest(
      id: 0, prompt: ids, sampling: sampling, seeds: seeds,
      stopIDs: Set(
        model.configuration.endIDs + [text?.tokenizer.eosID, text?.stopID].compactMap { $0 }),
      maximumTokens: maximumTokens)
    var generator = try Generator(
      model: model, adapter: adapter,
      options: GeneratorOptions(cacheBytes: cacheBytes(model, ids.count), threads: threads))
    let start = DispatchTime.now()
    var answers = seeds.map { _ in AnswerText(text?.tokenizer, stops: stops) }
    var rest = [request][...]
    var finished: [GeneratedSample] = []
    try generator.run(
      next: { rest.popFirst() },
      onToken: { progress in
        let isEnd = request.stopIDs.contains(progress.last.id)
        let piece = answers[progress.sample].append(progress.last.id, isEnd: isEnd)
        if !json {
          try output.write(piece)
          try output.flush()
        }
        return answers[progress.sample].isStopped ? .stop(keep: progress.tokens.count) : .goOn
      }, onEnd: { finished.append($0) })
    for sample in finished.sorted(by: { $0.sample < $1.sample }) {
      let piece = answers[sample.sample].finish()
      if sample.finish == .notNumbers {
        throw ModelError("", "the model's logits are not numbers; its weights are damaged")
      }
      try output.line(json ? object(sample, answers[sample.sample].text) : piece)
    }
    try output.flush()
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    let counts = generator.counts
    Console.note(
      "generate: prompt \(Quantity.count(counts.prompt, of: "token")), answer "
        + "\(Quantity.count(counts.completion, of: "token")), "
        + "\(Quantity.fixed(Double(counts.completion) / max(seconds, 1e-6), 1)) a second")
  }

  /// Room for all answers at once, within reason.
  private func cacheBytes(_ model: Model, _ promptCount: Int) -> Int {
    let positions = min(promptCount + maximumTokens, model.configuration.maximumPositions) + 64
    let all = model.configuration.cacheBytesPerToken * positions
    return max(all * 5 / 4, min(all * min(seeds.count, 16) * 5 / 4, 2 << 30))
  }

  private func object(_ sample: GeneratedSample, _ text: String) -> String {
    var writer = JSONWriter(capacity: 1 << 12)
    writer.beginObject()
    writer.member("sample", sample.sample)
    if self.text != nil { writer.member("text", text) }
    writer.member("token_ids", sample.tokens)
    writer.member("raw_logprobs_e4", sample.rawLogprobs.map { RolloutSample.e4(Double($0)) })
    writer.member(
      "sampling_logprobs_e4", sample.samplingLogprobs.map { RolloutSample.e4(Double($0)) })
    writer.member("finish_reason", Self.reason(sample.finish))
    writer.member("seed", seeds[sample.sample])
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func reason(_ finish: GeneratedSample.Finish) -> String {
    switch finish {
    case .stopID: FinishReason.stop
    case .stopped: FinishReason.stopString
    case .length, .notNumbers: FinishReason.length
    }
  }
}

/// The text of an answer as its tokens come, up to a stop string.
private struct AnswerText {
  /// The text so far; ids where there is no tokenizer.
  private(set) var text = ""
  private var decoder: StreamingDecoder?
  private var filter: StopFilter

  init(_ tokenizer: Tokenizer?, stops: [String]) {
    decoder = tokenizer?.streamingDecoder(skipSpecialTokens: true)
    filter = StopFilter(stops)
  }

  /// Whether a stop string came.
  var isStopped: Bool { filter.isStopped }

  /// Takes a token and gives the text that is certain now; the token that ends the answer has none.
  mutating func append(_ id: Int32, isEnd: Bool) -> String {
    guard decoder != nil else {
      let piece = (text.isEmpty ? "" : " ") + String(id)
      text += piece
      return piece
    }
    guard !isEnd, let decoded = decoder?.append(id) else { return "" }
    let piece = filter.append(decoded)
    text += piece
    return piece
  }

  /// Gives what was held back.
  mutating func finish() -> String {
    guard !isStopped, let decoded = decoder?.finish() else { return "" }
    let piece = filter.append(decoded) + filter.finish()
    text += piece
    return piece
  }
}
