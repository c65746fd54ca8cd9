extension HintMaker {
  /// Cuts a hint to its budget.
  struct Budget {
    private let budget: Int
    private let counter: TokenCounter

    init(_ budget: Int, _ counter: TokenCounter) {
      self.budget = budget
      self.counter = counter
    }

    /// Cuts the last steps that do not fit; answer statements that the ablation leaves in stay.
    ///
    /// - Returns: whether any had to be cut
    func cut(_ stripper: inout HintStripper) -> Bool {
      let steps = stripper.redaction.kept.filter { !stripper.protectedSteps.contains($0) }
      if fits(stripper, without: [], of: steps) { return false }
      var (low, high) = (0, steps.count)
      while low < high {
        let middle = (low + high + 1) / 2
        if fits(stripper, without: steps[middle...], of: steps) {
          low = middle
        } else {
          high = middle - 1
        }
      }
      for step in steps[low...] { stripper.remove(step, because: HintReason.budget) }
      return low < steps.count
    }

    private func fits(
      _ stripper: HintStripper, without cut: ArraySlice<Int>, of steps: [Int]
    ) -> Bool {
      var redaction = stripper.redaction
      for step in cut { redaction.remove(step, because: HintReason.budget) }
      let text = RedactedText(redaction)
      // No token is shorter than a byte.
      return text.bytes.count <= budget || counter.count(text.text) <= budget
    }
  }
}
