/// Unbiased estimates of solving a problem within k samples.
///
/// Chen et al., "Evaluating large language models trained on code", arXiv 2107.03374, section 2.1.
package enum PassAtK {
  /// The probability C(n - c, k) / C(n, k) that k of n samples, c of them correct, all fail.
  ///
  /// Nil unless 0 <= c <= n and 0 <= k <= n. Takes min(c, k) steps and never overflows.
  package static func failure(n: Int, c: Int, k: Int) -> Double? {
    guard c >= 0, k >= 0, c <= n, k <= n else { return nil }
    // Symmetric in c and k: C(n - c, k) / C(n, k) = C(n - k, c) / C(n, c).
    let (steps, rest) = (min(c, k), n - max(c, k))
    var probability = 1.0
    for step in 0..<steps {
      guard rest > step else { return 0 }
      probability *= Double(rest - step) / Double(n - step)
    }
    return probability
  }

  /// The probability that k of n samples contain a correct one; nil as for ``failure(n:c:k:)``.
  package static func success(n: Int, c: Int, k: Int) -> Double? {
    failure(n: n, c: c, k: k).map { 1 - $0 }
  }

  /// The probability that a team solves a problem with k samples of each model; nil unless all have k.
  package static func team(_ members: some Sequence<(n: Int, c: Int)>, k: Int) -> Double? {
    var failure = 1.0
    for member in members {
      guard let factor = self.failure(n: member.n, c: member.c, k: k) else { return nil }
      failure *= factor
    }
    return 1 - failure
  }

  /// The values of k that a report lists when up to n samples are there: 1 to 16, then powers of
  /// two, then n.
  static func listed(upTo n: Int) -> [Int] {
    var values = Array(1...max(1, min(n, 16)))
    var power = 32
    while power < n {
      values.append(power)
      power *= 2
    }
    if n > 16 { values.append(n) }
    return values
  }
}
