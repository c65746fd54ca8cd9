import Foundation
import TandemJSON
import TandemRecords
import TandemTestSupport
import Testing

@testable import TandemMethod

/// Four models' published solutions of the GSM8K test split, with numbers from numpy.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct PublishedSamplesTests {
  private static let team = [
    "6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification",
  ]

  private func report() throws -> TeamReport {
    let path = SharedData.path + "/data/gsm8k/example_model_solutions.jsonl"
    var table = OutcomeTable(team: Self.team)
    for line in try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A) {
      let row = try #require(try JSONValue(parsing: Array(line)).object)
      table.append(
        ProblemOutcomes(
          samples: try Self.team.map { model in
            let answer = try #require(row[model]?.object)
            let isCorrect = answer["is_correct"] == true
            return [SampleOutcome(sample: 0, verdict: isCorrect ? .correct : .incorrect)]
          }))
    }
    return TeamReport(of: table, bootstrap: Bootstrap(resamples: 200))
  }

  @Test func agreesWithNumpy() throws {
    let report = try report()
    #expect(report.problems == 1_319 && report.traces == 4 * 1_319)
    #expect(report.models.map(\.correct) == [286, 515, 458, 742])
    #expect(report.anyCorrect == 887 && report.allCorrect == 156)
    func metric(_ key: String) throws -> Metric {
      try #require(report.team.first { $0.key == key })
    }
    #expect(try metric("pass@1").value == 887.0 / 1_319)
    #expect(try metric("p12").value == 156.0 / 1_319)
    #expect(abs((try metric("phi").value ?? 0) - 0.39576456356949724) < 1e-12)
    #expect(report.equalBudget.map(\.key) == ["pass@4"] && report.equalBudget[0].value == nil)
    // numpy's intervals from 10,000 resamples; 200 put the ends within 0.2 standard errors of 0.013.
    let expected = [
      ("pass@1", 0.6467, 0.6975), ("p12", 0.1008, 0.1357), ("phi", 0.3658, 0.4255),
    ]
    for (key, low, high) in expected {
      let interval = try #require(try metric(key).interval)
      #expect(abs(interval.lowerBound - low) < 0.013, "\(key) \(interval)")
      #expect(abs(interval.upperBound - high) < 0.013, "\(key) \(interval)")
    }
  }
}
