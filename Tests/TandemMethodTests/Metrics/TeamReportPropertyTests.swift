import TandemRecords
import Testing

@testable import TandemMethod

/// Random tables against explicit loops and what must hold for every table.
@Suite struct TeamReportPropertyTests {
  private func outcomes(seed: Int, problems: Int, models: Int, errors: Bool) -> [ProblemOutcomes] {
    var random = PhiloxSequence(seed: seed)
    return (0..<problems).map { _ in
      ProblemOutcomes(
        samples: (0..<models).map { model in
          (0..<4).map { sample in
            let roll = Int.random(in: 0..<10, using: &random)
            let verdict: Verdict =
              errors && roll == 0 ? .error : roll < 4 + model ? .correct : .incorrect
            let answer = verdict == .correct ? 0 : Int.random(in: 1...2, using: &random)
            return SampleOutcome(sample: sample, verdict: verdict, answer: answer)
          }
        })
    }
  }

  private func table(_ outcomes: [ProblemOutcomes], models: Int) -> OutcomeTable {
    var table = OutcomeTable(team: (0..<models).map { "m\($0)" })
    for problem in outcomes { table.append(problem) }
    return table
  }

  /// pass@k of a resample from the outcomes themselves; nil without a problem with k samples.
  private func pass(_ model: Int, _ k: Int, _ problems: [ProblemOutcomes]) -> Double? {
    var values: [Double] = []
    for problem in problems {
      let verdicts = problem.samples[model].map(\.verdict).filter { $0 != .error }
      guard verdicts.count >= k else { continue }
      var (all, solved) = (0.0, 0.0)
      for subset in 0..<(1 << verdicts.count) where subset.nonzeroBitCount == k {
        all += 1
        if verdicts.indices.contains(where: { subset >> $0 & 1 == 1 && verdicts[$0] == .correct }) {
          solved += 1
        }
      }
      values.append(solved / all)
    }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The Pearson correlation of the first failures by its definition.
  private func phi(_ problems: [ProblemOutcomes]) -> Double? {
    let pairs = problems.compactMap { problem -> (Double, Double)? in
      let firsts = problem.samples.map { $0.first { $0.verdict != .error }?.verdict }
      guard let a = firsts[0], let b = firsts[1] else { return nil }
      return (a == .correct ? 0 : 1, b == .correct ? 0 : 1)
    }
    let count = Double(pairs.count)
    let (meanA, meanB) = pairs.reduce((0.0, 0.0)) { ($0.0 + $1.0 / count, $0.1 + $1.1 / count) }
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (a, b) in pairs {
      ab += (a - meanA) * (b - meanB)
      aa += (a - meanA) * (a - meanA)
      bb += (b - meanB) * (b - meanB)
    }
    return aa < 1e-9 || bb < 1e-9 ? nil : ab / (aa * bb).squareRoot()
  }

  private func percentiles(_ values: [Double]) -> (Double, Double) {
    guard !values.isEmpty else { return (9, 9) }
    let sorted = values.sorted()
    func at(_ share: Double) -> Double {
      let position = share * Double(sorted.count - 1)
      let below = Int(position)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
    return (at(0.025), at(0.975))
  }

  @Test(arguments: [1, 2, 3]) func agreesWithANaiveBootstrap(seed: Int) throws {
    let problems = outcomes(seed: seed, problems: 13, models: 2, errors: true)
    let bootstrap = Bootstrap(resamples: 90, seed: seed)
    let report = TeamReport(of: table(problems, models: 2), bootstrap: bootstrap)
    let resampled = (0..<90).map { resample in
      var drawn: [ProblemOutcomes] = []
      bootstrap.draw(resample, of: 13) { drawn.append(problems[$0]) }
      return drawn
    }
    func check(
      _ metric: Metric, _ compute: ([ProblemOutcomes]) -> Double?
    ) {
      let values = resampled.map(compute)
      #expect(metric.undefinedResamples == values.count { $0 == nil }, "\(metric.key), \(seed)")
      #expect(abs((metric.value ?? 9) - (compute(problems) ?? 9)) < 1e-12, "\(metric.key), \(seed)")
      let expected = percentiles(values.compactMap { $0 })
      let found = (metric.interval?.lowerBound ?? 9, metric.interval?.upperBound ?? 9)
      #expect(abs(found.0 - expected.0) < 1e-12, "\(metric.key), seed \(seed)")
      #expect(abs(found.1 - expected.1) < 1e-12, "\(metric.key), seed \(seed)")
    }
    for (model, member) in report.models.enumerated() {
      for k in 1...4 {
        check(try #require(member.metrics.first { $0.key == "pass@\(k)" })) { pass(model, k, $0) }
      }
    }
    check(try #require(report.team.first { $0.key == "phi" }), phi)
    check(try #require(report.equalBudget.first { $0.key == "pass@4" })) { problems in
      [pass(0, 4, problems), pass(1, 4, problems)].compactMap { $0 }.max()
    }
  }

  @Test(arguments: 0..<20) func holdsWhatMustHold(seed: Int) throws {
    let problems = outcomes(seed: seed, problems: 9, models: 3, errors: seed % 2 == 0)
    let report = TeamReport(of: table(problems, models: 3), bootstrap: Bootstrap(resamples: 50))
    for metrics in report.models.map(\.metrics) + [report.team] {
      let passes = metrics.filter { $0.key.hasPrefix("pass@") }
      let complete = passes.filter { $0.excludedProblems == 0 }.compactMap(\.value)
      #expect(complete == complete.sorted(), "pass@k falls, seed \(seed)")
      #expect(complete.allSatisfy { (0...1).contains($0) })
    }
    for metric in report.models.flatMap(\.metrics) + report.team {
      if let interval = metric.interval { #expect(interval.lowerBound <= interval.upperBound) }
      #expect((metric.value == nil) == (metric.why != nil))
    }
    if seed % 2 == 1 {
      let team = try #require(report.team.first { $0.key == "pass@1" }?.value)
      for member in report.models {
        #expect(team >= (member.metrics.first { $0.key == "pass@1" }?.value ?? 1) - 1e-12)
      }
    }
  }

  /// The order of a problem's samples does not matter; their numbers do.
  @Test func readsSamplesInAnyOrder() {
    let problems = outcomes(seed: 4, problems: 6, models: 2, errors: true)
    let shuffled = problems.map { problem in
      ProblemOutcomes(samples: problem.samples.map { $0.reversed() })
    }
    let bootstrap = Bootstrap(resamples: 10)
    #expect(
      TeamReport(of: table(problems, models: 2), bootstrap: bootstrap)
        == TeamReport(of: table(shuffled, models: 2), bootstrap: bootstrap))
  }
}
