import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct MajorityVoteTests {
  private func vote(_ samples: [(Verdict, Int?)]) -> Bool {
    var vote = MajorityVote()
    for (index, sample) in samples.enumerated() {
      vote.add(SampleOutcome(sample: index, verdict: sample.0, answer: sample.1))
    }
    return vote.isCorrect
  }

  @Test func takesTheMostFrequentAnswer() {
    #expect(vote([(.incorrect, 7), (.correct, 3), (.correct, 3)]))
    #expect(!vote([(.correct, 3), (.incorrect, 7), (.incorrect, 7)]))
  }

  @Test func givesTiesToTheAnswerSeenFirst() {
    #expect(vote([(.correct, 3), (.incorrect, 7), (.incorrect, 7), (.correct, 3)]))
    #expect(!vote([(.incorrect, 7), (.correct, 3), (.correct, 3), (.incorrect, 7)]))
  }

  @Test func hearsNoSampleWithoutAnAnswer() {
    #expect(vote([(.noAnswer, 1), (.noAnswer, 1), (.error, 1), (.ungradable, nil), (.correct, 3)]))
    #expect(!vote([(.noAnswer, nil)]))
    #expect(!vote([]))
  }
}
