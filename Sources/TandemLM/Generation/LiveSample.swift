/// A completion that grows.
///
/// Its tokens are all of its state; keys and values are only what is known of them already, and every step computes what
/// is missing. So tokens that were not drawn could be put behind the others as well as drawn ones.
struct LiveSample {
  let request: GenerationRequest
  let sample: Int
  /// The place of its request among all that were taken.
  let order: Int
  /// The prompt and the completion.
  private(set) var tokens: [Int32]
  private(set) var rawLogprobs: [Float] = []
  private(set) var samplingLogprobs: [Float] = []
  /// The distinct ids among the tokens, where a repetition penalty needs them.
  private(set) var seen: [Int32] = []
  private var isSeen: Set<Int32> = []
  var cached = CachedSequence()

  init(_ request: GenerationRequest, sample: Int, order: Int) {
    self.request = request
    self.sample = sample
    self.order = order
    tokens = request.prompt
    tokens.reserveCapacity(tokens.count + min(request.maximumTokens, 4096))
    for id in tokens { note(id) }
  }

  /// The number of tokens whose keys and values are still to be computed; at least one.
  var pendingCount: Int { tokens.count - cached.count }

  /// The number of tokens behind the prompt.
  var completionCount: Int { tokens.count - request.prompt.count }

  /// The completion.
  var completion: ArraySlice<Int32> { tokens[request.prompt.count...] }

  /// The seed of its draws.
  var seed: Int { request.seeds[sample] }

  /// Puts a drawn token behind the others.
  mutating func append(_ token: SampledToken) {
    tokens.append(token.id)
    rawLogprobs.append(token.rawLogprob)
    samplingLogprobs.append(token.samplingLogprob)
    note(token.id)
  }

  private mutating func note(_ id: Int32) {
    guard request.sampling.repetitionPenalty != 1, isSeen.insert(id).inserted else { return }
    seen.append(id)
  }

  /// Why it ends by its own rules after its last token; nil while it goes on.
  func finish(maximumPositions: Int) -> GeneratedSample.Finish? {
    if let last = completion.last, request.stopIDs.contains(last) { return .stopID }
    if completionCount >= request.maximumTokens || tokens.count >= maximumPositions {
      return .length
    }
    return nil
  }

  /// What is handed to the caller in the end.
  func result(_ finish: GeneratedSample.Finish, keep: Int) -> GeneratedSample {
    let count = min(max(keep, 0), completionCount)
    return GeneratedSample(
      request: request.id, sample: sample, tokens: Array(completion.prefix(count)),
      rawLogprobs: Array(rawLogprobs.prefix(count)),
      samplingLogprobs: Array(samplingLogprobs.prefix(count)), finish: finish)
  }
}
