internal import TandemRecords

extension HintMaker {
  /// What dropout decides for one hint, from the seed, the problem and the student alone.
  ///
  /// The numbers drawn do not depend on p, so that a higher p withholds what a lower one does, and more.
  struct Draw {
    private let dropout: Hint.Dropout
    private let philox: Philox

    init(_ rule: HintRule, problemID: String, student: String) {
      dropout = rule.dropout
      let seed = ContentID.seed([String(rule.seed), "hint", problemID, student])
      philox = Philox(key: UInt64(truncatingIfNeeded: seed))
    }

    private func happens(_ counter: UInt64) -> Bool { philox.uniform(at: counter) < dropout.p }

    /// Whether the whole hint is withheld.
    var withholdsContext: Bool { dropout.mode == .context && happens(0) }

    /// Whether answer markers stay in.
    var leavesMarkers: Bool { dropout.mode == .marker && !happens(0) }

    /// Whether a step of the trace is withheld.
    func withholds(_ step: Int) -> Bool {
      dropout.mode == .step && happens(1 + UInt64(step.magnitude))
    }
  }
}
