import Foundation

@testable import TandemLM

/// The distribution that tokens are drawn from, computed the plain way in 64 bits: sort, cut, divide.
enum ExactDistribution {
  static func of(_ logits: [Float], _ parameters: SamplingParameters, seen: Set<Int> = [])
    -> [Double]
  {
    var scores = logits.enumerated().map { id, logit in
      let logit = Double(logit)
      guard seen.contains(id) else { return logit }
      return logit < 0 ? logit * parameters.repetitionPenalty : logit / parameters.repetitionPenalty
    }
    scores = scores.map { $0 / parameters.temperature }
    if parameters.topK > 0, parameters.topK < scores.count {
      let bound = scores.sorted(by: >)[parameters.topK - 1]
      scores = scores.map { $0 < bound ? -.infinity : $0 }
    }
    if parameters.topP < 1 {
      let mass = softmax(scores)
      var before = 0.0
      for id in scores.indices.sorted(by: { (mass[$0], -$0) > (mass[$1], -$1) }) {
        if before >= parameters.topP { scores[id] = -.infinity }
        before += mass[id]
      }
    }
    if parameters.minP > 0 {
      let mass = softmax(scores)
      let bound = parameters.minP * (mass.max() ?? 0)
      for id in scores.indices where mass[id] < bound { scores[id] = -.infinity }
    }
    return softmax(scores)
  }

  private static func softmax(_ scores: [Double]) -> [Double] {
    let maximum = scores.max() ?? 0
    let weights = scores.map { exp($0 - maximum) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}

/// Pearson's test of counts against a distribution.
enum ChiSquare {
  /// The probability of counts at least as far from the distribution; 0 when something impossible was counted.
  static func tail(_ counts: [Int], _ distribution: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    var statistic = 0.0
    var cells = 0
    // Cells with few expected counts go together, as the approximation needs.
    var rest = (expected: 0.0, counted: 0.0)
    for (count, probability) in zip(counts, distribution) {
      if probability == 0 {
        if count > 0 { return 0 }
        continue
      }
      let expected = total * probability
      if expected < 8 {
        rest = (rest.expected + expected, rest.counted + Double(count))
        continue
      }
      statistic += (Double(count) - expected) * (Double(count) - expected) / expected
      cells += 1
    }
    if rest.expected > 2 {
      statistic += (rest.counted - rest.expected) * (rest.counted - rest.expected) / rest.expected
      cells += 1
    }
    guard cells > 1 else { return 1 }
    return upperGamma(Double(cells - 1) / 2, statistic / 2)
  }

  /// The regularised upper incomplete gamma function, by its series or its continued fraction.
  ///
  /// Press and others, Numerical Recipes, section 6.2.
  private static func upperGamma(_ a: Double, _ x: Double) -> Double {
    if x <= 0 { return 1 }
    let scale = exp(-x + a * log(x) - lgamma(a))
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      var n = a
      while abs(term) > abs(sum) * 1e-14 {
        n += 1
        term *= x / n
        sum += term
      }
      return 1 - sum * scale
    }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var h = d
    for i in 1..<1000 {
      let an = -Double(i) * (Double(i) - a)
      b += 2
      d = 1 / (an * d + b)
      c = b + an / c
      h *= d * c
      if abs(d * c - 1) < 1e-14 { break }
    }
    return scale * h
  }
}
