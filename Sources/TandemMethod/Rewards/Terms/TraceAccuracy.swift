internal import TandemRecords

/// Equation 5: a success counts for as much as its round, over all models, fails.
enum TraceAccuracy {
  static func values(_ problem: RewardCase) -> [Double] {
    problem.samples.indices.map { index in
      guard problem.samples[index].isCorrect else { return 0 }
      let round = problem.samples.filter { $0.round == problem.samples[index].round }
      return 1 - Double(round.count { $0.isCorrect }) / Double(round.count)
    }
  }
}
