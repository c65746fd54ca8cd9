import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct RunStatisticsTests {
  private func sample(_ number: Int, _ verdict: Verdict, _ answer: Int?, _ text: String = "ab")
    -> StatisticsSample
  {
    StatisticsSample(
      sample: number, verdict: verdict, answer: answer, characters: text.count, tokens: nil,
      signature: OperationSignature(of: text))
  }

  private func problem(_ id: String, level: String?) -> Problem {
    Problem(
      id: id, dataset: "d", split: "test", question: "?", gold: "1", goldType: .number,
      level: level, source: .init(file: "f", row: 1))
  }

  private var problems: [(Problem, [[StatisticsSample]])] {
    [
      // a is right in its second sample, b never: a rescues b.
      (
        problem("1", level: "easy"),
        [
          [sample(1, .correct, 0, "3 + 4 = 7"), sample(0, .incorrect, 1)],
          [sample(0, .incorrect, 1), sample(1, .error, nil)],
        ]
      ),
      // b has failed technically only, which is no failure to solve.
      (problem("2", level: "hard"), [[sample(0, .correct, 0)], [sample(0, .error, nil)]]),
      (problem("3", level: nil), [[sample(0, .noAnswer, nil)], [sample(0, .correct, 0)]]),
    ]
  }

  @Test func countsByHand() {
    var statistics = RunStatistics(team: ["a", "b"])
    for (problem, samples) in problems { statistics.add(problem, samples: samples) }
    #expect(statistics.rescuable == [[0, 1], [1, 0]])
    let pair = statistics.agreement[0][1]
    #expect([pair.compared, pair.equal, pair.equallyWrong] == [1, 1, 1])
    #expect(statistics.writing.map(\.traces) == [4, 2])
    #expect(statistics.writing[0].characters == 15 && statistics.writing[0].longest == 9)
    #expect(statistics.writing[0].kinds[OperationKind.addition.rawValue] == 1)
    #expect(statistics.writing[0].meanTokens == nil)
    let strata = statistics.strata.sorted { $0.key < $1.key }
    #expect(strata.map(\.key.value) == ["d", "easy", "hard"])
    #expect(strata.map(\.value.problems) == [3, 1, 1])
    #expect(strata[0].value.counts[1] == [.incorrect: 1, .error: 2, .correct: 1])
  }

  @Test func partsDoNotMatter() {
    var whole = RunStatistics(team: ["a", "b"])
    var parts = [RunStatistics(team: ["a", "b"]), RunStatistics(team: ["a", "b"])]
    for (index, item) in problems.enumerated() {
      whole.add(item.0, samples: item.1)
      parts[index % 2].add(item.0, samples: item.1)
    }
    parts[1].add(parts[0])
    #expect(parts[1] == whole)
    #expect(parts[1].json == whole.json)
  }
}
