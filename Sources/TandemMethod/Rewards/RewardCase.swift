internal import TandemRecords

/// All samples of one problem with what does not depend on any option: overlaps and similarities.
package struct RewardCase: Sendable {
  /// Both rounds, in the order of the input: all cold samples, then the rescue samples.
  package let samples: [RewardSample]
  /// Token overlap of each sample's answer with the gold answer, in [0, 1].
  package let partial: [Double]
  /// What the distances are computed from.
  package let features: [TraceFeatures]
  /// All pairs.
  package let similarity: SimilarityMatrix

  /// Prepares the samples of a problem.
  package init(_ samples: [RewardSample], gold: String) {
    self.samples = samples
    let gold = AnswerTokens(of: gold)
    partial = samples.map { sample in
      guard let answer = sample.answer, sample.verdict != .noAnswer else { return 0 }
      return gold.overlap(AnswerTokens(of: answer))
    }
    features = samples.map { TraceFeatures(of: $0.text) }
    similarity = SimilarityMatrix(features)
  }

  /// 1 for a correct sample, 0 for another.
  func outcome(_ index: Int) -> Double { samples[index].isCorrect ? 1 : 0 }
}
