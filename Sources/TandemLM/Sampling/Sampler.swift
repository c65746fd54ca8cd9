internal import Glibc
internal import TandemMath
internal import TandemRecords

/// Draws tokens from rows of logits.
///
/// What is drawn depends on the row, the parameters, the seed and the position alone: sums run in a fixed order, and the
/// token is the first, in the order of ids, at which the mass of the kept tokens exceeds the draw. One sampler serves one
/// thread and keeps its buffers.
struct Sampler {
  /// The kept tokens in the order of their ids; empty stands for all.
  private(set) var kept: [Int32] = []
  /// The kept tokens' probabilities, up to ``total``.
  private(set) var weights: [Float] = []
  /// The sum of the weights.
  private(set) var total = 0.0
  private let softmax: Softmax
  private var candidates: [Candidate] = []
  private var scratch: [Float] = []
  /// The logits under the penalty, as they were.
  private var saved: [Float] = []

  private struct Candidate {
    var id: Int32
    var logit: Float
  }

  /// A sampler that computes with the kernels of a level; all give the same.
  init(level: KernelLevel = .best) {
    softmax = Softmax(level: level)
  }

  /// Draws the token at a position of a trace.
  ///
  /// - Parameters:
  ///   - logits: one row; penalised in between, and as it was afterwards.
  ///   - seen: the ids that the repetition penalty applies to, each once.
  ///   - seed: the trace's seed.
  ///   - position: the number of tokens in the completion so far, the counter of the draw.
  /// - Returns: nil when the logits are not numbers.
  mutating func draw(
    from logits: UnsafeMutableBufferPointer<Float>, _ parameters: SamplingParameters, seen: [Int32],
    seed: Int, position: Int
  ) -> SampledToken? {
    let raw = softmax.logSumExp(UnsafeBufferPointer(logits))
    guard raw.isFinite else { return nil }
    penalise(logits, seen, parameters.repetitionPenalty)
    let row = UnsafeBufferPointer(logits)
    let chosen: (id: Int, logprob: Double)
    if parameters.temperature == 0 {
      chosen = (softmax.argmax(row), 0)
    } else {
      keep(row, parameters)
      let draw = Philox(key: UInt64(bitPattern: Int64(seed))).uniform(at: UInt64(position))
      let index = pick(draw)
      chosen = (kept.isEmpty ? index : Int(kept[index]), log(Double(weights[index]) / total))
    }
    restore(logits, seen, parameters.repetitionPenalty)
    let rawLogprob = Double(logits[chosen.id]) - raw
    return SampledToken(
      id: Int32(chosen.id), rawLogprob: Float(min(rawLogprob, 0)),
      samplingLogprob: Float(min(chosen.logprob, 0)))
  }

  /// Finds the tokens that can be drawn, and their weights.
  mutating func keep(_ logits: UnsafeBufferPointer<Float>, _ parameters: SamplingParameters) {
    let maximum = softmax.maximum(logits)
    // The share of the most probable token decides min-p, so that a bound on logits does as well.
    let least =
      parameters.minP == 0 ? -Double.infinity : parameters.temperature * log(parameters.minP)
    let minP = Double(maximum) + least
    let topK =
      parameters.topK > 0 && parameters.topK < logits.count
      ? bound(logits, count: parameters.topK) : -Float.infinity
    guard parameters.topP < 1 || minP > -.infinity || topK > -.infinity else {
      kept.removeAll(keepingCapacity: true)
      weigh(logits, maximum, parameters.temperature)
      return
    }
    if parameters.topP < 1 {
      collectTopP(logits, maximum, parameters, from: topK)
    } else {
      collect(logits, from: max(topK, Float(minP).nextDown))
    }
    candidates.removeAll { Double($0.logit) < minP }
    candidates.sort { $0.id < $1.id }
    kept.removeAll(keepingCapacity: true)
    for candidate in candidates { kept.append(candidate.id) }
    weighCandidates(maximum, parameters.temperature)
  }
}

extension Sampler {
  /// The first index at which the weights so far exceed this share of their sum.
  private func pick(_ share: Double) -> Int {
    let target = share * total
    var sum = 0.0
    var last = 0
    for index in weights.indices where weights[index] > 0 {
      sum += Double(weights[index])
      last = index
      if sum > target { break }
    }
    return last
  }

  /// The logit of the token at this rank.
  private mutating func bound(_ logits: UnsafeBufferPointer<Float>, count: Int) -> Float {
    scratch.removeAll(keepingCapacity: true)
    var bound = -Float.infinity
    for logit in logits where logit >= bound {
      scratch.append(logit)
      if scratch.count >= max(2 * count, 64) {
        scratch.sort(by: >)
        scratch.removeSubrange(count...)
        bound = scratch[count - 1]
      }
    }
    scratch.sort(by: >)
    return scratch.count >= count ? scratch[count - 1] : -.infinity
  }

  private mutating func collect(_ logits: UnsafeBufferPointer<Float>, from bound: Float) {
    candidates.removeAll(keepingCapacity: true)
    for id in logits.indices where logits[id] >= bound {
      candidates.append(Candidate(id: Int32(id), logit: logits[id]))
    }
  }

  /// Leaves the fewest most probable candidates that hold the share top-p of the mass from a bound upwards.
  private mutating func collectTopP(
    _ logits: UnsafeBufferPointer<Float>, _ maximum: Float, _ parameters: SamplingParameters,
    from least: Float
  ) {
    let temperature = parameters.temperature
    if least > -.infinity {
      collect(logits, from: least)
      weighCandidates(maximum, temperature)
    } else {
      weigh(logits, maximum, temperature)
    }
    let mass = parameters.topP * total
    // Sorting is dear, so the least probable tokens join only when the others do not hold the mass.
    for depth in [4.0, 8, 16, .infinity] {
      let bound = max(least, Float(Double(maximum) - depth * temperature))
      collect(logits, from: bound)
      candidates.sort { $0.logit == $1.logit ? $0.id < $1.id : $0.logit > $1.logit }
      weighCandidates(maximum, temperature)
      var sum = 0.0
      for index in weights.indices {
        sum += Double(weights[index])
        if sum >= mass {
          candidates.removeSubrange((index + 1)...)
          return
        }
      }
      if bound == least { return }
    }
  }

  /// The weights of the candidates, in their order.
  private mutating func weighCandidates(_ maximum: Float, _ temperature: Double) {
    scratch.removeAll(keepingCapacity: true)
    for candidate in candidates { scratch.append(candidate.logit) }
    let logits = scratch
    logits.withUnsafeBufferPointer { weigh($0, maximum, temperature) }
  }

  /// The weights `exp((logit - maximum) / temperature)`, each by its logit alone, and their sum.
  private mutating func weigh(
    _ logits: UnsafeBufferPointer<Float>, _ maximum: Float, _ temperature: Double
  ) {
    weights.removeAll(keepingCapacity: true)
    weights.append(contentsOf: logits)
    let divisor = Float(temperature)
    weights.withUnsafeMutableBufferPointer { weights in
      if divisor != 1 { softmax.divide(weights, by: divisor) }
      softmax.exponentiate(weights, minus: maximum / divisor)
    }
    total = Self.sum(weights)
  }

  /// The sum, in eight interleaved parts.
  private static func sum(_ values: [Float]) -> Double {
    var parts = SIMD8<Double>()
    values.withUnsafeBufferPointer { values in
      let whole = values.count / 8 * 8
      for start in stride(from: 0, to: whole, by: 8) {
        var eight = SIMD8<Float>()
        for lane in 0..<8 { eight[lane] = values[start + lane] }
        parts += SIMD8<Double>(eight)
      }
      for index in whole..<values.count { parts[index - whole] += Double(values[index]) }
    }
    return parts.sum()
  }

  private mutating func penalise(
    _ logits: UnsafeMutableBufferPointer<Float>, _ seen: [Int32], _ penalty: Double
  ) {
    guard penalty != 1 else { return }
    saved.removeAll(keepingCapacity: true)
    for id in seen {
      let logit = logits[Int(id)]
      saved.append(logit)
      logits[Int(id)] = logit < 0 ? logit * Float(penalty) : logit / Float(penalty)
    }
  }

  private func restore(
    _ logits: UnsafeMutableBufferPointer<Float>, _ seen: [Int32], _ penalty: Double
  ) {
    guard penalty != 1 else { return }
    for (id, logit) in zip(seen, saved) { logits[Int(id)] = logit }
  }
}
