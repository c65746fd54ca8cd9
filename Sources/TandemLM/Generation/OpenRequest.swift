/// A request with samples that have not begun.
struct OpenRequest {
  /// What is known of the keys and values of the prompt but its last token, which every sample begins with.
  enum Prefix {
    /// Nothing: the next sample computes them.
    case unknown
    /// A sample is computing them, and the others wait for it.
    case awaited
    /// They are there.
    case known(CachedSequence)
  }

  /// The place of the request among all that were taken.
  let order: Int
  let request: GenerationRequest
  /// The sample that begins next.
  var nextSample = 0
  var prefix = Prefix.unknown

  /// Whether every sample has begun.
  var isExhausted: Bool { nextSample >= request.seeds.count }

  /// Whether the next sample may begin now.
  var isReady: Bool {
    if case .awaited = prefix { false } else { true }
  }
}
