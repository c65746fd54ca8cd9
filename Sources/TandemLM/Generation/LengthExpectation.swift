/// How long completions are expected to become, by those that have ended.
///
/// Decides only how many grow at the same time.
struct LengthExpectation {
  // As if one of this length had ended before all others.
  private var tokens = 64
  private var count = 1

  /// Takes note of a completion that has ended.
  mutating func note(_ length: Int) {
    tokens += length
    count += 1
  }

  /// The number of tokens that a sample is expected to grow by.
  ///
  /// One that is longer than the others is expected to grow by half of itself.
  func growth(of sample: LiveSample) -> Int {
    let length = sample.completionCount
    let most = max(sample.request.maximumTokens - length, 0)
    return min(most, max(tokens / count - length, length / 2, 16))
  }
}
