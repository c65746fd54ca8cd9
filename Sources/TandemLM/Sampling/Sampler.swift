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
  private var ranking = Ranking()
  /// The logits under the penalty, as they were.
  private var saved: [Float] = []

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
    weigh(logits, maximum, parameters.temperature)
    var cut = Ranking.Cut.none
    if parameters.topK > 0, parameters.topK < logits.count {
      cut.bound = ranking.logit(atRank: parameters.topK, of: logits)
    }
    if parameters.topP < 1 {
      cut = weights.withUnsafeBufferPointer {
        ranking.cut(
          logits, weights: $0, maximum: maximum, temperature: Float(parameters.temperature),
          share: parameters.topP, above: cut)
      }
    }
    if parameters.minP > 0 {
      // The ratio to the most probable token is left alone by what was dropped, so that a bound on logits decides.
      let least = Double(maximum) + parameters.temperature * log(parameters.minP)
      cut.bound = max(cut.bound, min(Self.roundedUp(least), maximum))
    }
    kept.removeAll(keepingCapacity: true)
    if !cut.isNone { compact(logits, cut) }
    total = Self.sum(weights)
  }
}

extension Sampler {
  /// The first index at which the weights so far exceed this share of their sum.
  private func pick(_ share: Double) -> Int {
    let target = share * total
    return weights.withUnsafeBufferPointer { weights in
      var sum = 0.0
      var last = 0
      for index in weights.indices where weights[index] > 0 {
        sum += Double(weights[index])
        last = index
        if sum > target { break }
      }
      return last
    }
  }

  /// The weights `exp((logit - maximum) / temperature)`.
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
  }

  /// Leaves the ids and weights that a cut leaves, in order.
  private mutating func compact(_ logits: UnsafeBufferPointer<Float>, _ cut: Ranking.Cut) {
    var count = 0
    weights.withUnsafeMutableBufferPointer { weights in
      for id in logits.indices where cut.leaves(logits[id], Int32(id)) {
        kept.append(Int32(id))
        weights[count] = weights[id]
        count += 1
      }
    }
    weights.removeSubrange(count...)
  }

  /// The least 32-bit number that is not below a number.
  private static func roundedUp(_ value: Double) -> Float {
    let nearest = Float(value)
    return Double(nearest) < value ? nearest.nextUp : nearest
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
