internal import TandemRecords

extension RewardDiagnostics {
  /// What a reader must know before training on these rewards, one sentence each.
  package var notes: [String] {
    guard all.groups > 0 else {
      return ["no sample: every trace failed technically, or none is there"]
    }
    return [singleNote, explorationNote, partnerNote, phantomNote, sizeNote].compactMap { $0 }
  }

  private var singleNote: String? {
    guard all.single == all.groups else { return nil }
    return "every group is a group of one, so no trace has an advantage: "
      + (rule.advantage.grouping == .model
        ? "sample more traces a model, run the rescue round, or use --group problem"
        : "sample more traces a problem")
  }

  private var explorationNote: String? {
    guard all.explorationZero > 0 else { return nil }
    return "exploration all zero: \(all.explorationZero) of \(all.groups) groups"
  }

  private var partnerNote: String? {
    guard all.withoutPartner > 0 else { return nil }
    return "cross-model is 0 for want of a partner: \(all.withoutPartner) of \(all.traces) traces"
  }

  private var phantomNote: String? {
    guard all.phantoms > 0 else { return nil }
    return "phantom advantages: \(all.phantoms) traces have an advantage beyond "
      + "\(GroupFacts.phantomSize) though all of their group are alike in outcome"
  }

  private var sizeNote: String? {
    guard all.sizeless > 0 else { return nil }
    return "one correct trace alone in \(all.sizeless) of \(all.withAdvantage) groups with "
      + "advantages: divided by the deviation, the size of its reward cancels, so that bonus, "
      + "diversity and cross-model weights change nothing there (they do with --normalise mean)"
  }
}
