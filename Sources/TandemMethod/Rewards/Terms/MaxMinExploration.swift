/// Equation 3 as published: a greedily chosen set of different traces earns nothing, the others their
/// distance to it beyond a margin.
///
/// While all traces that are far enough find room, every other one is within the margin: then the term is 0 for all.
enum MaxMinExploration {
  /// The distance within which a trace is no news.
  static let margin = 0.15
  /// The largest size of the set.
  static let cap = 10
  /// Distances nearer than this are equal: rounding must not choose.
  private static let tolerance = 1e-12

  static func values(_ problem: RewardCase, correctness: [Double]) -> [Double] {
    // The first of those with the highest correctness term.
    guard let best = correctness.max(), let start = correctness.firstIndex(of: best) else {
      return []
    }
    var isMember = [Bool](repeating: false, count: correctness.count)
    var distance = [Double](repeating: .infinity, count: correctness.count)
    var next: Int? = start
    var members = 0
    while let member = next {
      isMember[member] = true
      members += 1
      for index in distance.indices {
        distance[index] = min(distance[index], problem.similarity.distance(index, member))
      }
      next = nil
      guard members < cap else { break }
      for index in distance.indices
      where !isMember[index] && distance[index] >= margin - tolerance {
        // Of equally far ones the first.
        if next.map({ distance[index] > distance[$0] + tolerance }) ?? true { next = index }
      }
    }
    return distance.indices.map { isMember[$0] ? 0 : max(0, distance[$0] - margin) }
  }
}
