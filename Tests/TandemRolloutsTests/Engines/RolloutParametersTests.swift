import TandemRollouts
import Testing

@Suite struct RolloutParametersTests {
  @Test func theStoredFormReadsBack() throws {
    var parameters = RolloutParameters()
    (parameters.temperature, parameters.topK, parameters.minP) = (0.1 + 0.2, 40, 0.05)
    (parameters.stopStrings, parameters.stopTokenIDs) = (["\n\n", "</s>"], [7, 151_645])
    #expect(RolloutParameters(parameters.json) == parameters)
    #expect(RolloutParameters(RolloutParameters().json) == RolloutParameters())
  }

  @Test func faultsAreNamed() {
    #expect(RolloutParameters().fault == nil)
    let cases: [((inout RolloutParameters) -> Void, String)] = [
      ({ $0.temperature = -1 }, "temperature"), ({ $0.temperature = .nan }, "temperature"),
      ({ $0.topP = 0 }, "top-p"), ({ $0.topP = 1.1 }, "top-p"), ({ $0.topK = -1 }, "top-k"),
      ({ $0.minP = 2 }, "min-p"), ({ $0.repetitionPenalty = 0 }, "penalty"),
      ({ $0.maxTokens = 0 }, "tokens"), ({ $0.stopStrings = [""] }, "stop string"),
    ]
    for (change, word) in cases {
      var parameters = RolloutParameters()
      change(&parameters)
      #expect(parameters.fault?.contains(word) == true)
    }
  }

  @Test func logprobsAreRoundedAndBounded() {
    #expect(RolloutSample.e4(-1.23456) == -12346)
    #expect(RolloutSample.e4(-.infinity) == .min && RolloutSample.e4(.nan) == .min)
  }
}
