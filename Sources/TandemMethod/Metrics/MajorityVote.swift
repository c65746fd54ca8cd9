internal import TandemRecords

/// The answer that most samples state; of equally frequent ones the one that was seen first.
struct MajorityVote {
  private struct Candidate {
    var votes = 0
    let isCorrect: Bool
  }

  /// In the order of their first vote.
  private var candidates: [Candidate] = []
  private var places: [Int: Int] = [:]

  /// Counts a sample, unless it failed or states no answer.
  mutating func add(_ sample: SampleOutcome) {
    guard sample.verdict != .error, sample.verdict != .noAnswer, let answer = sample.answer else {
      return
    }
    let place = places[answer, default: candidates.count]
    if place == candidates.count {
      places[answer] = place
      candidates.append(Candidate(isCorrect: sample.verdict == .correct))
    }
    candidates[place].votes += 1
  }

  /// Whether the winning answer is correct; false when no sample states an answer.
  var isCorrect: Bool {
    var best: Candidate?
    for candidate in candidates where candidate.votes > best?.votes ?? 0 { best = candidate }
    return best?.isCorrect ?? false
  }
}
