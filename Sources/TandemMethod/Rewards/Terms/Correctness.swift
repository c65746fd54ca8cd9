/// Equation 2: the outcome, with alpha times the token overlap of answer and gold answer.
enum Correctness {
  static func values(_ problem: RewardCase, alpha: Double) -> [Double] {
    problem.samples.indices.map { problem.outcome($0) + alpha * problem.partial[$0] }
  }
}
