import TandemJSON
import TandemRecords
import Testing

@testable import TandemStages

@Suite struct PackTallyTests {
  private static let tally = {
    var tally = PackTally()
    tally.examples = 3
    tally.omitted = [.single: 2, .tooLong: 1]
    tally.prompts = [.question: 3]
    tally.modes = [.offPrompt: 1, .none: 2]
    tally.rounds = [.rescue: 3]
    tally.promptTokens = 40
    return tally
  }()

  @Test func storedCountsReadBack() {
    #expect(PackTally(Self.tally.json) == Self.tally)
    #expect(PackTally(JSONObject()) == PackTally())
    #expect(Self.tally.json["omitted"] == ["single": 2, "too_long": 1])
  }

  @Test func partsAddUp() {
    var sum = PackTally()
    sum.add(Self.tally)
    sum.add(Self.tally)
    #expect(sum.examples == 6 && sum.promptTokens == 80)
    #expect(sum.omitted == [.single: 4, .tooLong: 2] && sum.modes == [.offPrompt: 2, .none: 4])
  }

  @Test func everyReasonOfNoAdvantageHasItsOwn() {
    let reasons = ZeroAdvantage.allCases.map { PackTally.Omission(zero: $0) }
    #expect(reasons.map(\.rawValue) == ZeroAdvantage.allCases.map(\.rawValue))
    #expect(PackTally.Omission(zero: nil) == .atMean)
  }
}
