import Foundation
import TandemTestSupport
import Testing

/// Rewards and statistics of the published solutions, with the built tool.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct RewardTests {
  static let team = ["--models", "6b_verification,175b_finetuning"]

  @Test func singleGroupsAreSaidToBeSo() throws {
    let folder = try WorkFolder()
    let run = try PublishedRun.copy(into: folder)
    // A run may be called `run`, as in the help.
    let text = try Tool.run(["reward", "run"] + Self.team, folder: folder.path).output
    #expect(text.contains("note: every group is a group of one, so no trace has an advantage"))
    let before = try FolderContent(of: run)

    let other = try Tool.run(
      ["reward", run, "--group", "problem", "--weight", "exploration=0.2", "--json"] + Self.team)
    let all = try #require(try MainJobTests.json(other.output)["all"] as? [String: Any])
    // 209 problems that only one solves and 152 that only the other does.
    #expect(all["with_advantage"] as? Int == 361)
    #expect(all["gated"] as? Int == 958)
    let changed = try FolderContent(of: run).differences(from: before)
    #expect(!changed.isEmpty && changed.allSatisfy { $0.hasPrefix("rewards/") })

    _ = try Tool.run(["reward", run] + Self.team)
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
    #expect(try Tool.output("validate", run).contains("valid"))

    let row = try Tool.output("shard", "head", run + "/rewards", "--rows", "1")
    let first = String(row.prefix { $0 != "\n" })
    let id = try #require(try MainJobTests.json(first)["trace_id"] as? String)
    #expect(try Tool.output("reward", "explain", run, id).contains("no advantage because"))
    let missing = try Tool.run("reward", "explain", run, "nothing")
    #expect(missing.status == 1 && missing.errors.contains("has no trace `nothing`"))
  }

  @Test func aSweepWritesNothing() throws {
    let folder = try WorkFolder()
    let run = try PublishedRun.copy(into: folder)
    let before = try FolderContent(of: run)
    let file = try folder.write(
      "[{\"name\": \"same\"}, {\"exploration\": 2}]", to: "weightings.json")
    let arguments = ["reward", run, "--group", "problem", "--sweep", file, "--json"]
    let json = try MainJobTests.json(Tool.run(arguments + Self.team).output)
    #expect(json["eligible"] as? Int == 361)
    let rows = try #require(json["weightings"] as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["same", "#2"])
    #expect(rows[0]["largest_change"] as? Double == 0)
    // One right and one wrong trace: divided by the deviation the weights cancel.
    #expect(rows[1]["largest_change"] as? Double ?? 1 < 1e-9)
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
    let wrong = try folder.write("[{\"novelty\": 1}]", to: "wrong.json")
    let failure = try Tool.run("reward", run, "--sweep", wrong)
    #expect(failure.status == 1 && failure.errors.contains("row 1: `novelty` is no term"))
  }

  @Test func partsAndThreadsDoNotChangeTheRows() throws {
    let folder = try WorkFolder()
    let one = try MainJobTests.run(in: folder, name: "one", parts: "1", threads: "1")
    let six = try PublishedRun.copy(into: folder)
    var summaries: [String] = []
    for (run, threads) in [(one, "1"), (one, "2"), (six, "1"), (six, "2")] {
      try? FileManager.default.removeItem(atPath: run + "/rewards")
      let arguments = ["reward", run, "--preset", "core-paper", "--epoch", "2", "--json"]
      summaries.append(
        try Tool.run(arguments + ["--threads", threads]).output
          + Tool.output("shard", "cat", run + "/rewards"))
    }
    #expect(Set(summaries).count == 1 && summaries[0].contains("phantom advantages"))
  }

  @Test func statisticsOfThePublishedSolutions() throws {
    let folder = try WorkFolder()
    let run = try PublishedRun.copy(into: folder)
    let json = try MainJobTests.json(
      try Tool.run(["stats", run, "--json"] + Self.team).output)
    let rescuable = json["rescuable"] as? [String: [String: Int]]
    #expect(rescuable?["6b_verification"]?["175b_finetuning"] == 209)
    #expect(rescuable?["175b_finetuning"]?["6b_verification"] == 152)
    let one = try Tool.run(["stats", run, "--threads", "1"] + Self.team).output
    #expect(one == (try Tool.run(["stats", run, "--threads", "2"] + Self.team).output))
    #expect(one.contains("case_analysis"))
  }

  @Test func wrongUsageIsNamed() throws {
    let wrong = try Tool.run("reward", "nowhere", "--weight", "novelty=1")
    #expect(wrong.status == 64 && wrong.errors.contains("novelty=1"))
    let missing = try Tool.run("reward", "nowhere")
    #expect(missing.status == 1 && missing.errors.contains("nowhere/problems"))
  }
}
