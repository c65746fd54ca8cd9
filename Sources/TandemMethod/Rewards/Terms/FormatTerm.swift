internal import TandemRecords

/// 1 for a trace that states one final answer that the grader can read, 0 for another.
enum FormatTerm {
  static func value(_ sample: RewardSample) -> Double {
    switch sample.verdict {
    case .correct, .incorrect: 1
    case .noAnswer, .ungradable, .error: 0
    }
  }
}
