/// The logarithms of the probabilities of given tokens, softmax(h W^T), with their gradients by h.
///
/// Logits exist for a block of tokens times a block of the vocabulary only. One pass keeps, for every token, the largest
/// logit m so far, the sum of e^(logit - m), and the sum of e^(logit - m) W, rescaled whenever m grows; at the end the
/// last is the expected row of W, so that dlogp/dh = W[target] - expectation is there before any loss is known. A loss
/// then only multiplies each token's gradient with a number.
struct Head {
  /// W, `[vocabulary, width]`.
  let weight: Matrix
  /// Where dL/dW is added to; nil when W is frozen.
  let gradient: Matrix?

  /// What the head says about tokens.
  struct Scores {
    /// ln p(target) of every token.
    var logprobs: [Float]
    /// The entropy of every distribution in nats.
    var entropies: [Float]
    /// ln of the sum of e^logit, for the way back.
    var logSums: [Float]
  }

  /// Memory of one lane: a block of logits.
  static var scratchSize: Int { mostTokens * vocabularyBlock }

  /// - Parameters:
  ///   - h: `[tokens, width]`.
  ///   - targets: ids, one a token.
  ///   - slopes: receives dlogp/dh, `[tokens, width]`; nil when nobody needs it.
  ///   - scratch: one row of ``scratchSize`` a lane.
  func forward(
    _ h: Matrix, targets: [Int32], slopes: Matrix?, scratch: Matrix, _ workers: Workers
  ) -> Scores {
    var scores = Scores(
      logprobs: .init(repeating: 0, count: h.rows), entropies: .init(repeating: 0, count: h.rows),
      logSums: .init(repeating: 0, count: h.rows))
    scores.logprobs.withUnsafeMutableBufferPointer { logprobs in
      scores.entropies.withUnsafeMutableBufferPointer { entropies in
        scores.logSums.withUnsafeMutableBufferPointer { logSums in
          workers.forEachRange(of: h.rows, size: Self.tokensAtOnce(h.rows)) { rows, lane in
            var sums = [RunningSoftmax](repeating: RunningSoftmax(), count: rows.count)
            let slopes = slopes?.rows(rows)
            scan(h.rows(rows), targets[rows], slopes, scratch, lane, &sums)
            for (row, sum) in zip(rows, sums) {
              logSums[row] = sum.logSum
              logprobs[row] = sum.target - sum.logSum
              entropies[row] = sum.logSum - sum.meanLogit
            }
          }
        }
      }
    }
    return scores
  }

  /// dW += the sum over tokens of c (one-hot(target) - softmax) h^T, where dL/dlogp = c.
  ///
  /// Makes the logits again; workers share the vocabulary. Does nothing when W is frozen.
  func backward(
    _ h: Matrix, targets: [Int32], logSums: [Float], coefficients: [Float], scratch: Matrix,
    _ workers: Workers
  ) {
    guard let gradient else { return }
    workers.forEachRange(of: weight.rows, size: Self.vocabularyBlock) { words, lane in
      for start in stride(from: 0, to: h.rows, by: Self.mostTokens) {
        let rows = start..<min(start + Self.mostTokens, h.rows)
        var memory = Bump(scratch, lane)
        let logits = memory.matrix(rows.count, words.count)
        BLAS.multiply(h.rows(rows), weight.rows(words).transposed, into: logits)
        for (index, row) in rows.enumerated() {
          let values = logits.row(index)
          _ = Rows.exponentiate(values, minus: logSums[row], words.count)
          for column in 0..<words.count { values[column] *= -coefficients[row] }
          let target = Int(targets[row])
          if words.contains(target) { values[target - words.lowerBound] += coefficients[row] }
        }
        BLAS.multiply(
          logits.transposed, h.rows(rows), into: gradient.rows(words), adding: true)
      }
    }
  }

  /// Takes some tokens through the vocabulary, block by block.
  private func scan(
    _ h: Matrix, _ targets: ArraySlice<Int32>, _ slopes: Matrix?, _ scratch: Matrix, _ lane: Int,
    _ sums: inout [RunningSoftmax]
  ) {
    for start in stride(from: 0, to: weight.rows, by: Self.vocabularyBlock) {
      let words = start..<min(start + Self.vocabularyBlock, weight.rows)
      var memory = Bump(scratch, lane)
      let logits = memory.matrix(h.rows, words.count)
      BLAS.multiply(h, weight.rows(words).transposed, into: logits)
      for (row, target) in targets.enumerated() {
        let values = logits.row(row)
        if words.contains(Int(target)) { sums[row].target = values[Int(target) - start] }
        let shrink = sums[row].take(values, words.count)
        if let slopes, start > 0, shrink != 1 {
          let slope = slopes.row(row)
          for column in 0..<slopes.columns { slope[column] *= shrink }
        }
      }
      if let slopes {
        BLAS.multiply(logits, weight.rows(words), into: slopes, adding: start > 0)
      }
    }
    guard let slopes else { return }
    for (row, target) in targets.enumerated() {
      let (slope, word) = (slopes.row(row), weight.row(Int(target)))
      let share = sums[row].inverseSum
      for column in 0..<slopes.columns { slope[column] = word[column] - slope[column] * share }
    }
  }

  /// Enough pieces for several workers, where there are tokens enough.
  private static func tokensAtOnce(_ count: Int) -> Int {
    min(max((count + 3) / 4, 64), mostTokens)
  }

  private static let mostTokens = 256
  private static let vocabularyBlock = 1024
}

/// The softmax of one token over the part of the vocabulary seen so far.
private struct RunningSoftmax {
  private var largest = -Float.infinity
  /// The sum of e^(logit - largest).
  private var sum = 0.0
  /// The sum of e^(logit - largest) * logit.
  private var weighted = 0.0
  /// The target's logit.
  var target: Float = 0

  var logSum: Float { largest + Float(sum).logarithm }
  var meanLogit: Float { Float(weighted / sum) }
  var inverseSum: Float { Float(1 / sum) }

  /// Takes logits in and replaces them by e^(logit - largest).
  ///
  /// - Returns: what sums taken so far must be multiplied with.
  mutating func take(_ logits: UnsafeMutablePointer<Float>, _ count: Int) -> Float {
    let highest = Rows.maximum(logits, count)
    var shrink: Float = 1
    if highest > largest {
      shrink = (largest - highest).exponential
      largest = highest
    }
    let taken = Rows.exponentiateWeighing(logits, minus: largest, count)
    sum = sum * Double(shrink) + Double(taken.sum)
    weighted = weighted * Double(shrink) + Double(taken.weighted)
    return shrink
  }
}
