internal import TandemMath

/// Samplers for the threads of a decoder.
struct DrawingPool {
  /// What came of a live sample in a step.
  enum Draw {
    case token(SampledToken)
    case notNumbers
  }

  private var samplers: [Sampler]

  init(_ threads: Int) {
    samplers = Array(repeating: Sampler(), count: max(threads, 1))
  }

  /// Takes the next `lengths[i]` tokens of every live sample through the model, and draws a token for those whose last
  /// token was among them; nil for the others.
  mutating func draw(_ live: [LiveSample], _ lengths: [Int], with decoder: borrowing Decoder)
    -> [Draw?]
  {
    var draws = [Draw?](repeating: nil, count: lengths.count)
    var drawing: [Int] = []
    var chunks: [Chunk] = []
    for (index, length) in lengths.enumerated() {
      let sample = live[index]
      let start = sample.cached.count
      let isLast = start + length == sample.tokens.count
      if isLast { drawing.append(index) }
      chunks.append(
        Chunk(
          tokens: sample.tokens[start..<start + length], position: start,
          pages: sample.cached.pages, wantedCount: isLast ? 1 : 0))
    }
    let workers = decoder.workers
    samplers.withUnsafeMutableBufferPointer { samplers in
      draws.withUnsafeMutableBufferPointer { draws in
        decoder.forward(chunks) { first, logits in
          workers.run(logits.count) { row, lane in
            let index = drawing[first + row]
            let sample = live[index]
            let token = samplers[lane].draw(
              from: logits[row], sample.request.sampling, seen: sample.seen, seed: sample.seed,
              position: sample.completionCount)
            draws[index] = token.map { .token($0) } ?? .notNumbers
          }
        }
      }
    }
    return draws
  }
}
