import Testing

@testable import TandemAnswers
@testable import TandemRecords

/// Quantities in several units, in the answer and in the hint.
@Suite struct CompoundQuantityTests {
  @Test(arguments: [
    ("63 inches", "She is 5 feet 3 inches tall."), ("63 inches", "She is 5 ft 3 in tall."),
    ("5.25 feet", "She is 5 feet and 3 inches tall."), ("5 feet 3 inches", "That is 63 inches."),
    ("90 minutes", "It lasts an hour, no: 1 hour and 30 minutes."),
    ("3690 seconds", "It took 1 hour, 1 minute, 30 seconds."),
    ("\\$2.50", "2 dollars and 50 cents"),
    ("250 cents", "$2 and 50 cents"), ("2 weeks 3 days", "17 days"),
    ("90 minutes", "one hour thirty minutes"),
  ]) func isFound(gold: String, hint: String) {
    let audit = LeakAuditor(gold: gold, question: "How much?").audit(hint)
    #expect(audit.severity == .equivalent)
  }

  @Test(arguments: [
    ("63 inches", "She is 5 feet 4 inches tall."), ("63 inches", "5 feet and 3 centimeters"),
    ("5 feet 3 inches", "She is 5 feet tall."), ("5 feet 3 inches", "The number 63 is odd."),
    ("90 minutes", "30 minutes 1 hour"), ("150 minutes", "1 hour 90 minutes"),
    ("90", "1 hour 30 minutes"),
  ]) func isNot(gold: String, hint: String) {
    #expect(LeakAuditor(gold: gold, question: "How much?").audit(hint).severity == .none)
  }

  @Test func theSpanIsTheWholeQuantity() throws {
    let audit = LeakAuditor(gold: "5 feet 3 inches").audit("She is 5 feet 3 inches tall.")
    #expect(audit.severity == .literal)
    #expect(audit.findings.map(\.text) == ["5 feet 3 inches"])
  }
}
