import Foundation
import TandemTestSupport
import Testing

/// The audit of the hints that are made of the published solutions.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct AuditPublishedTests {
  @Test func everyHintIsClean() throws {
    let folder = try WorkFolder()
    let run = try MainJobTests.run(in: folder, threads: "2")
    _ = try Tool.run(["hint", run] + RewardTests.team)
    let result = try Tool.run("audit", run, "--json")
    #expect(result.status == 0)
    let rows = try Tool.rows(of: result.output)
    // Those of the control group are audited too.
    #expect(rows.count == 361)
    let severities = Set(rows.compactMap { $0["severity"] as? String })
    #expect(severities.isSubset(of: ["none", "given", "derivable"]))
    let quick = try Tool.run("audit", run, "--json", "--no-derivable")
    #expect(quick.status == 0)
    for (row, other) in zip(rows, try Tool.rows(of: quick.output)) {
      let severity = row["severity"] as? String
      if severity != "derivable" { #expect(other["severity"] as? String == severity) }
    }
    #expect(try Tool.output("validate", run).contains("valid"))
  }
}
