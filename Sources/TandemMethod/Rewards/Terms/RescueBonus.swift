internal import TandemRecords

/// Equation 4: 1 for a correct rescue sample that was really hinted, of a model that failed cold where a
/// peer succeeded.
enum RescueBonus {
  static func values(_ problem: RewardCase) -> [Double] {
    var (sampled, solved) = (Set<Int>(), Set<Int>())
    for sample in problem.samples where sample.round == .cold {
      sampled.insert(sample.model)
      if sample.isCorrect { solved.insert(sample.model) }
    }
    return problem.samples.map { sample in
      let failedCold = sampled.contains(sample.model) && !solved.contains(sample.model)
      let isRescued = sample.round == .rescue && sample.isCorrect && sample.isHinted
      return isRescued && failedCold && !solved.isEmpty ? 1 : 0
    }
  }
}
