internal import TandemRecords

/// Which trace would teach a student: of the peers' correct cold traces the one with the highest total.
///
/// Ties go to fewer tokens, then to the lower model and the earlier trace.
package enum TeacherChoice {
  /// The models that may be taught: all their cold traces failed, and a peer has a correct one.
  package static func students(in samples: [RewardSample]) -> [Int] {
    let cold = samples.filter { $0.round == .cold }
    let solved = Set(cold.filter(\.isCorrect).map(\.model))
    return solved.isEmpty ? [] : Set(cold.map(\.model)).subtracting(solved).sorted()
  }

  /// The place of the teacher's trace; nil when no peer has a correct one.
  ///
  /// - Parameter totals: the total cold reward of each sample
  package static func teacher(of student: Int, samples: [RewardSample], totals: [Double]) -> Int? {
    samples.indices.filter { index in
      let sample = samples[index]
      return sample.round == .cold && sample.isCorrect && sample.model != student
    }.min { a, b in
      if abs(totals[a] - totals[b]) > AdvantageRule.tolerance { return totals[a] > totals[b] }
      let (mine, theirs) = (samples[a].tokens ?? .max, samples[b].tokens ?? .max)
      return (mine, samples[a].model, a) < (theirs, samples[b].model, b)
    }
  }
}
