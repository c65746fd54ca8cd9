import Foundation

@testable import TandemTraining

/// The losses as the method's table writes them, of whole updates and in double precision.
struct ReferenceLoss {
  let name: PolicyLossName
  let reduction: Reduction
  let beta: Double
  let longest: Int
  /// The ratios that `tis` holds constant, sequence by sequence.
  var constantRatios: [[Double]] = []

  func callAsFunction(
    _ sequences: [TrainingSequence], logprobs: [[Double]], reference: [[Double]]
  ) -> Double {
    let tokens = sequences.reduce(0) { $0 + $1.scored.count }
    var total = 0.0
    for (index, sequence) in sequences.enumerated() {
      let losses = losses(index, sequence, logprobs[index], reference[index])
      let sum = losses.reduce(0, +) * sequence.weight
      switch reduction {
      case .trace: total += sum / Double(losses.count) / Double(sequences.count)
      case .token: total += sum / Double(tokens)
      case .constant: total += sum / Double(longest) / Double(sequences.count)
      }
    }
    return total
  }

  private func losses(
    _ index: Int, _ sequence: TrainingSequence, _ logprobs: [Double], _ reference: [Double]
  ) -> [Double] {
    let a = sequence.advantage
    guard !sequence.isOffPrompt, let behaviour = sequence.behaviour else {
      return logprobs.map { -a * $0 }
    }
    let q = zip(logprobs, behaviour).map { exp($0 - Double($1)) }
    func clipped(_ q: Double, _ low: Double, _ high: Double) -> Double {
      -min(q * a, min(max(q, 1 - low), 1 + high) * a)
    }
    let policy: [Double]
    switch name {
    case .reinforce: policy = logprobs.map { -a * $0 }
    case .grpo, .drGRPO: policy = q.map { clipped($0, 0.2, 0.2) }
    case .dapo: policy = q.map { clipped($0, 0.2, 0.28) }
    case .gspo:
      let mean = q.reduce(1) { $0 * pow($1, 1 / Double(q.count)) }
      policy = q.map { _ in clipped(mean, 3e-4, 4e-4) }
    case .sapo:
      let tau = sequence.isRescue ? 0.8 : a > 0 ? 1 : 1.05
      policy = q.map { -(4 / tau) / (1 + exp(-tau * ($0 - 1))) * a }
    case .tis:
      policy = zip(constantRatios[index], logprobs).map { -min($0, 2) * a * $1 }
    }
    return zip(policy, zip(logprobs, reference)).map { policy, pair in
      let d = pair.1 - pair.0
      return policy + beta * (exp(d) - d - 1)
    }
  }
}
