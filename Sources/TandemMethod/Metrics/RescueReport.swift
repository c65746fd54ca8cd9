package import TandemJSON
package import TandemRecords

/// What became of one student that was eligible for rescue on one problem.
package struct RescueCase: Hashable, Sendable {
  /// The student's place in the team.
  package var student: Int
  /// Whether it was given its hint.
  package var status: HintStatus
  /// Rescue samples that did not fail technically.
  package var n: Int
  /// Correct ones among them.
  package var c: Int

  /// Makes a case; see the properties.
  package init(student: Int, status: HintStatus, n: Int, c: Int) {
    self.student = student
    self.status = status
    self.n = n
    self.c = c
  }
}

/// How many students that failed cold succeed with a hint, beside those whose hint was withheld at
/// random.
///
/// A case is rescued when one of its samples is correct. Cases without a sample are in neither arm.
package struct RescueReport: Hashable, Sendable {
  /// The counts of one student, or of all.
  package struct Arm: Hashable, Sendable {
    /// The student; nil for all.
    package var student: String?
    /// Cases, whatever became of their hints.
    package var eligible = 0
    /// Cases with a hint and a sample, and those of them that were rescued.
    package var hinted = 0
    package var rescued = 0
    /// Cases with a withheld hint and a sample, and those of them that succeeded all the same.
    package var withheld = 0
    package var recovered = 0
    /// Cases for which there is no hint.
    package var withoutHint = 0
    /// `rate`, `control_rate`, and `uplift`, their difference.
    package var metrics: [Metric] = []
  }

  /// All students together, then each of the team.
  package private(set) var arms: [Arm]
  /// How the intervals were made.
  package let bootstrap: Bootstrap

  /// Counts the cases of each problem, in problem order; a problem without one has an empty list.
  ///
  /// With as many problems and the same seed as for a ``TeamReport``, the resamples are the same.
  package init(of problems: [[RescueCase]], team: [String], bootstrap: Bootstrap = Bootstrap()) {
    self.bootstrap = bootstrap
    arms = [Arm()] + team.map { Arm(student: $0) }
    // Four columns an arm: hinted, rescued, withheld, recovered.
    var columns = [[Double]](
      repeating: [Double](repeating: 0, count: problems.count), count: 4 * arms.count)
    for (problem, cases) in problems.enumerated() {
      for item in cases where team.indices.contains(item.student) {
        for arm in [0, item.student + 1] {
          arms[arm].count(item)
          guard item.n > 0, item.status != .none else { continue }
          let first = 4 * arm + (item.status == .given ? 0 : 2)
          columns[first][problem] += 1
          columns[first + 1][problem] += item.c > 0 ? 1 : 0
        }
      }
    }
    let planned = arms.indices.flatMap(Self.plan)
    let laidOut = ProblemColumns(columns, problems: problems.count)
    let sums = laidOut.sums
    let intervals = bootstrap.intervals(of: planned.map(\.statistic), over: laidOut)
    for (metric, interval) in zip(planned, intervals) {
      arms[metric.arm].metrics.append(
        Metric(
          key: metric.key, value: metric.statistic.value(sums, problems: problems.count),
          interval: interval, absence: metric.absence))
    }
  }

  private typealias Planned = (arm: Int, key: String, statistic: Statistic, absence: String)

  private static func plan(_ arm: Int) -> [Planned] {
    let rate = Statistic.ratio(4 * arm + 1, over: 4 * arm)
    let control = Statistic.ratio(4 * arm + 3, over: 4 * arm + 2)
    return [
      (arm, "rate", rate, "no student was sampled with a hint"),
      (arm, "control_rate", control, "no student was sampled with its hint withheld"),
      (arm, "uplift", .difference(rate, control), "needs students with and without their hints"),
    ]
  }

  /// The report for machines, in the form of ``TeamReport/json``.
  package var json: JSONValue {
    var models = JSONObject()
    var all = JSONValue.null
    for arm in arms {
      var object = JSONObject()
      object["eligible"] = .number(arm.eligible)
      object["hinted"] = .number(arm.hinted)
      object["rescued"] = .number(arm.rescued)
      object["withheld"] = .number(arm.withheld)
      object["recovered"] = .number(arm.recovered)
      object["without_hint"] = .number(arm.withoutHint)
      object.add(arm.metrics, level: bootstrap.level)
      if let student = arm.student {
        models[student] = .object(object)
      } else {
        all = .object(object)
      }
    }
    return ["team": all, "models": .object(models), "bootstrap": bootstrap.json]
  }
}

extension RescueReport.Arm {
  fileprivate mutating func count(_ item: RescueCase) {
    eligible += 1
    if item.status == .none { withoutHint += 1 }
    guard item.n > 0 else { return }
    switch item.status {
    case .given:
      hinted += 1
      if item.c > 0 { rescued += 1 }
    case .withheld:
      withheld += 1
      if item.c > 0 { recovered += 1 }
    case .none: break
    }
  }
}
