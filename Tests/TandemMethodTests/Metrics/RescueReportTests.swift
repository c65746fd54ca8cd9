import TandemJSON
import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct RescueReportTests {
  private let problems: [[RescueCase]] = [
    [RescueCase(student: 0, status: .given, n: 2, c: 1)],
    [
      RescueCase(student: 0, status: .given, n: 1, c: 0),
      RescueCase(student: 1, status: .withheld, n: 1, c: 0),
    ],
    [],
    [RescueCase(student: 1, status: .given, n: 1, c: 1)],
    [RescueCase(student: 0, status: .withheld, n: 1, c: 1)],
    [
      RescueCase(student: 0, status: .none, n: 0, c: 0),
      RescueCase(student: 1, status: .given, n: 0, c: 0),
    ],
  ]

  @Test func countsBothArms() {
    let report = RescueReport(
      of: problems, team: ["a", "b"], bootstrap: Bootstrap(resamples: 40))
    let (all, a, b) = (report.arms[0], report.arms[1], report.arms[2])
    #expect([all, a, b].map(\.eligible) == [7, 4, 3])
    #expect([all, a, b].map(\.hinted) == [3, 2, 1])
    #expect([all, a, b].map(\.rescued) == [2, 1, 1])
    #expect([all, a, b].map(\.withheld) == [2, 1, 1])
    #expect([all, a, b].map(\.recovered) == [1, 1, 0])
    #expect([all, a, b].map(\.withoutHint) == [1, 1, 0])
    #expect(all.metrics.map(\.key) == ["rate", "control_rate", "uplift"])
    #expect(all.metrics.map(\.value) == [2.0 / 3, 0.5, 2.0 / 3 - 0.5])
    #expect(a.metrics.map(\.value) == [0.5, 1, -0.5])
    #expect(b.metrics.map(\.value) == [1, 0, 1])
  }

  @Test func agreesWithANaiveBootstrap() throws {
    let bootstrap = Bootstrap(resamples: 200, seed: 8)
    let report = RescueReport(of: problems, team: ["a", "b"], bootstrap: bootstrap)
    var (values, undefined) = ([Double](), 0)
    for resample in 0..<200 {
      var cases: [RescueCase] = []
      bootstrap.draw(resample, of: problems.count) { cases += problems[$0] }
      func rate(_ status: HintStatus) -> Double? {
        let arm = cases.filter { $0.status == status && $0.n > 0 }
        return arm.isEmpty ? nil : Double(arm.count { $0.c > 0 }) / Double(arm.count)
      }
      guard let given = rate(.given), let withheld = rate(.withheld) else {
        undefined += 1
        continue
      }
      values.append(given - withheld)
    }
    values.sort()
    let uplift = report.arms[0].metrics[2]
    #expect(uplift.undefinedResamples == undefined && undefined > 0)
    let position = 0.025 * Double(values.count - 1)
    let below = Int(position)
    let low = values[below] + (position - Double(below)) * (values[below + 1] - values[below])
    #expect(abs((uplift.interval?.lowerBound ?? 9) - low) < 1e-12)
  }

  @Test func saysWhatIsMissing() throws {
    let report = RescueReport(
      of: [[RescueCase(student: 0, status: .given, n: 1, c: 1)]], team: ["a"],
      bootstrap: Bootstrap(resamples: 5))
    #expect(report.arms[0].metrics[1].why == "no student was sampled with its hint withheld")
    let team = try #require(report.json.object?["team"]?.object)
    #expect(team["rate"] == .number(1.0) && team["uplift"] == .null && team["hinted"] == 1)
    #expect(team["why"]?.object?["uplift"]?.string != nil)
  }
}
