internal import TandemAnswers

extension Redaction {
  /// Cuts headings and lead-ins whose steps are all gone: "### Answer", "This gives:", "So".
  ///
  /// - Returns: whether any was cut
  mutating func removeLeftovers() -> Bool {
    var hasChanged = false
    var next: Int?
    for step in steps.indices.reversed() where removed[step] == nil {
      let follower = next
      next = step
      guard step + 1 < steps.count, removed[step + 1] != nil else { continue }
      let isLead: Bool
      if steps[step].kind == .heading {
        isLead = follower.map { steps[$0].kind == .heading } ?? true
      } else {
        let isWhole = cuts[step].isEmpty && steps[step].kind != .prose
        isLead = !isWhole && (endsOpen(step) && !holdsDigits(step) || !teaches(step))
      }
      guard isLead else { continue }
      remove(step, because: HintReason.leftover)
      next = follower
      hasChanged = true
    }
    return hasChanged
  }

  private func endsOpen(_ step: Int) -> Bool {
    guard cuts[step].isEmpty else { return false }
    let range = bytes.trimmed(steps[step].range)
    return range.last.map { bytes[$0] == UInt8(ascii: ":") || bytes[$0] == 0x2C } ?? false
  }

  private func holdsDigits(_ step: Int) -> Bool {
    let range = steps[step].range
    return bytes[StepContent.label(bytes, range)..<range.upperBound].contains { $0 &- 0x30 < 10 }
  }
}
