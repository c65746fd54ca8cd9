internal import TandemRecords

/// Equation 6: the distance beyond a margin to the nearest trace of each good partner in the round,
/// averaged over these partners.
///
/// A partner is good when its best correctness term reaches the gate; without one the term is 0.
enum CrossModel {
  /// The distance within which two traces are alike.
  static let margin = 0.15

  static func values(_ problem: RewardCase, correctness: [Double], gate: Double) -> [Double] {
    let team = (problem.samples.map(\.model).max() ?? -1) + 1
    return problem.samples.indices.map { index in
      let sample = problem.samples[index]
      var (sum, partners) = (0.0, 0)
      for partner in 0..<team where partner != sample.model {
        let theirs = problem.samples.indices.filter {
          problem.samples[$0].model == partner && problem.samples[$0].round == sample.round
        }
        guard theirs.contains(where: { correctness[$0] >= gate }),
          let nearest = theirs.map({ problem.similarity.distance(index, $0) }).min()
        else { continue }
        sum += max(0, nearest - margin)
        partners += 1
      }
      return partners > 0 ? sum / Double(partners) : 0
    }
  }
}
