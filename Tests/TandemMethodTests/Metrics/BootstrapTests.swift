import Testing

@testable import TandemMethod

@Suite struct BootstrapTests {
  private func drawn(_ bootstrap: Bootstrap, _ resample: Int, of count: Int) -> [Int] {
    var problems: [Int] = []
    bootstrap.draw(resample, of: count) { problems.append($0) }
    return problems
  }

  @Test func drawsAsManyProblemsAsThereAreAndEachAlike() {
    let bootstrap = Bootstrap(seed: 3)
    var times = [Int](repeating: 0, count: 7)
    for resample in 0..<2_000 {
      let problems = drawn(bootstrap, resample, of: 7)
      #expect(problems.count == 7)
      for problem in problems { times[problem] += 1 }
    }
    // 14,000 draws of 1 in 7: mean 2,000, standard deviation 41.
    #expect(times.allSatisfy { abs($0 - 2_000) < 5 * 41 }, "\(times)")
    #expect(drawn(bootstrap, 0, of: 50) != drawn(bootstrap, 1, of: 50))
    #expect(drawn(bootstrap, 0, of: 50) != drawn(Bootstrap(seed: 4), 0, of: 50))
  }

  /// Means of resamples by an explicit loop, and numpy's default percentile.
  @Test func agreesWithALoop() throws {
    let bootstrap = Bootstrap(resamples: 333, seed: 11)
    let numbers: [Double] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
    var means = (0..<333).map { resample in
      let problems = drawn(bootstrap, resample, of: numbers.count)
      return problems.reduce(0.0) { $0 + numbers[$1] } / Double(numbers.count)
    }
    means.sort()
    func percentile(_ share: Double) -> Double {
      let position = share * 332
      let below = Int(position.rounded(.down))
      return means[below] * (1 - position + Double(below))
        + means[below + 1] * (position - Double(below))
    }
    let interval = bootstrap.intervals(
      of: [.ratio(0, over: nil)], over: ProblemColumns([numbers], problems: numbers.count))[0]
    let bounds = try #require(interval.bounds)
    #expect(interval.undefined == 0)
    #expect(abs(bounds.lowerBound - percentile(0.025)) < 1e-12)
    #expect(abs(bounds.upperBound - percentile(0.975)) < 1e-12)
  }

  /// The normal approximation is close for the mean of many numbers.
  @Test func coversAboutTheStandardErrorOfAMean() throws {
    let numbers = (0..<400).map { Double($0 % 4 == 0 ? 1 : 0) }
    let interval = Bootstrap(resamples: 2_000).intervals(
      of: [.ratio(0, over: nil)], over: ProblemColumns([numbers], problems: 400))[0]
    let bounds = try #require(interval.bounds)
    let width = 2 * 1.96 * (0.25 * 0.75 / 400).squareRoot()
    #expect(abs(bounds.upperBound - bounds.lowerBound - width) < 0.1 * width)
    #expect(bounds.contains(0.25))
  }

  @Test func countsUndefinedResamples() throws {
    let bootstrap = Bootstrap(resamples: 500, seed: 5)
    // Defined for one problem of three only: undefined whenever that is not drawn.
    let columns = ProblemColumns([[1, 0, 0], [1, 0, 0]], problems: 3)
    let expected = (0..<500).count { !drawn(bootstrap, $0, of: 3).contains(0) }
    let interval = bootstrap.intervals(of: [.ratio(0, over: 1)], over: columns)[0]
    #expect(interval.undefined == expected && expected > 0)
    #expect(interval.bounds == 1...1)
  }

  @Test func hasNoIntervalWithoutProblemsOrResamples() {
    let none = Bootstrap(resamples: 10).intervals(
      of: [.ratio(0, over: nil)], over: ProblemColumns([[]], problems: 0))
    #expect(none == [Bootstrap.Interval(bounds: nil, undefined: 10)])
    let never = Bootstrap(resamples: 0).intervals(
      of: [.ratio(0, over: nil)], over: ProblemColumns([[1]], problems: 1))
    #expect(never == [Bootstrap.Interval(bounds: nil, undefined: 0)])
  }
}
