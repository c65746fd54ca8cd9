/// Finds where a row of logits, the most probable tokens first and equal ones in the order of their ids, is to be cut.
///
/// Keeps its buffers from row to row.
struct Ranking {
  /// What is left of a row.
  struct Cut {
    /// The least logit that is left.
    var bound: Float
    /// The last token that is left: of equal logits, those with greater ids go.
    var last: (logit: Float, id: Int32)

    /// Leaves everything.
    static var none: Cut { Cut(bound: -.infinity, last: (-.infinity, .max)) }

    var isNone: Bool { bound == -.infinity && last.logit == -.infinity }

    /// Whether a token is left.
    func leaves(_ logit: Float, _ id: Int32) -> Bool {
      logit >= bound && (logit > last.logit || (logit == last.logit && id <= last.id))
    }
  }

  private var best: [Float] = []
  private var masses: [Double] = []
  private var members: [(logit: Float, id: Int32)] = []

  /// The logit at a rank, counted from 1.
  mutating func logit(atRank rank: Int, of logits: UnsafeBufferPointer<Float>) -> Float {
    best.removeAll(keepingCapacity: true)
    var bound = -Float.infinity
    let room = max(2 * rank, 64)
    for logit in logits where logit >= bound {
      best.append(logit)
      if best.count == room {
        best.sort(by: >)
        best.removeSubrange(rank...)
        bound = best[rank - 1]
      }
    }
    best.sort(by: >)
    return best.count >= rank ? best[rank - 1] : -.infinity
  }

  /// The cut that leaves the fewest most probable tokens that hold a share of the mass of those above another cut.
  ///
  /// The tokens are dealt to buckets by their logits, so that only those of the bucket in which the share is reached are
  /// sorted.
  mutating func cut(
    _ logits: UnsafeBufferPointer<Float>, weights: UnsafeBufferPointer<Float>, maximum: Float,
    temperature: Float, share: Double, above outer: Cut
  ) -> Cut {
    let buckets = 512
    // Sixteen to every factor of e; what is beyond the last counts for next to nothing.
    let scale = 16 / temperature
    func bucket(_ logit: Float) -> Int { Int(min((maximum - logit) * scale, Float(buckets - 1))) }
    masses.removeAll(keepingCapacity: true)
    masses.append(contentsOf: repeatElement(0, count: buckets))
    masses.withUnsafeMutableBufferPointer { masses in
      for id in logits.indices where logits[id] >= outer.bound {
        masses[bucket(logits[id])] += Double(weights[id])
      }
    }
    let target = share * masses.reduce(0, +)
    var sum = 0.0
    var place = 0
    while place < buckets - 1, sum + masses[place] < target {
      sum += masses[place]
      place += 1
    }
    members.removeAll(keepingCapacity: true)
    for id in logits.indices where logits[id] >= outer.bound && bucket(logits[id]) == place {
      members.append((logits[id], Int32(id)))
    }
    members.sort { $0.logit == $1.logit ? $0.id < $1.id : $0.logit > $1.logit }
    var cut = outer
    for member in members {
      cut.last = member
      sum += Double(weights[Int(member.id)])
      if sum >= target { break }
    }
    return cut
  }
}
