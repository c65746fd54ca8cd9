import TandemRollouts
import Testing

/// What must and what must not tell two requests apart.
@Suite struct RolloutKeyTests {
  @Test func everyFieldCounts() {
    let base = CacheFixtures.request(1)
    let changes: [(inout RolloutRequest) -> Void] = [
      { $0.engine.engine = "scripted/2" }, { $0.engine.model = "n" },
      { $0.engine.adapter = "a" }, { $0.engine.tokenizer = "t" }, { $0.prompt.ids = [1] },
      { $0.prompt.ids = nil },
      { $0.sampling.temperature = 0.6 }, { $0.sampling.topP = 0.8 }, { $0.sampling.topK = 3 },
      { $0.sampling.minP = 0.1 }, { $0.sampling.repetitionPenalty = 1.1 },
      { $0.sampling.maxTokens = 5 }, { $0.sampling.stopStrings = ["x"] },
      { $0.sampling.stopStrings = ["x", ""] }, { $0.sampling.stopTokenIDs = [7] }, { $0.seed += 1 },
      { $0.sample += 1 },
    ]
    var keys: Set<RolloutKey> = [RolloutKey(base)]
    for change in changes {
      var request = base
      change(&request)
      keys.insert(RolloutKey(request))
    }
    #expect(keys.count == changes.count + 1)
  }

  @Test func neighbouringFieldsDoNotRunTogether() {
    var (a, b) = (CacheFixtures.request(1), CacheFixtures.request(1))
    (a.engine.engine, a.engine.model) = ("ab", "c")
    (b.engine.engine, b.engine.model) = ("a", "bc")
    #expect(RolloutKey(a) != RolloutKey(b))
    (a.engine, a.sampling.stopStrings) = (b.engine, ["a", "b"])
    b.sampling.stopStrings = ["ab"]
    #expect(RolloutKey(a) != RolloutKey(b))
  }

  @Test func tokensStandForTheText() {
    var (a, b) = (CacheFixtures.request(1), CacheFixtures.request(1))
    b.prompt.text = "shown otherwise"
    #expect(RolloutKey(a) == RolloutKey(b))
    (a.prompt.ids, b.prompt.ids) = (nil, nil)
    #expect(RolloutKey(a) != RolloutKey(b))
  }

  @Test func bothZerosAreOne() {
    var (a, b) = (CacheFixtures.request(1), CacheFixtures.request(1))
    (a.sampling.temperature, b.sampling.temperature) = (0, -0.0)
    #expect(RolloutKey(a) == RolloutKey(b))
  }

  /// A stored form: computed with Python's struct and hashlib from the description of the fields.
  @Test func theFormIsFixed() {
    #expect(
      RolloutKey(CacheFixtures.request(1)).hex
        == "729058e8029cf713d3af092d19785173d05a2bc9b4a61b9d84c2bd49fa070969")
  }
}
