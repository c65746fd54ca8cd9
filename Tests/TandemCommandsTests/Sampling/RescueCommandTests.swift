import Foundation
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

/// `tandem rescue` with checkpoints and hints made by hand.
@Suite(.enabled(if: TinyTeam.isPresent, Comment(rawValue: SharedData.absence)))
struct RescueCommandTests {
  let team: TinyTeam

  init() throws { team = try TinyTeam() }

  /// A hint for `q` on every problem, every other one withheld.
  private func writeHints(into run: String, team: [String]) throws {
    let ids = try Tool.column("id", in: run + "/problems")
    let output = try StageOutput<Hint>(
      run + "/hints", plan: Plan(stage: "test", stageVersion: 1, team: team),
      compression: Compression())
    var writer = try output.writer(0, fingerprint: "by hand")
    for (index, id) in ids.enumerated() {
      try writer.write(
        Hint(
          id: "h\(index)", problemID: id, student: "q", status: index % 2 == 0 ? .given : .withheld,
          text: "Add the pears of both.", stepsKept: 1, tokens: 6, budget: 64,
          dropout: .init(mode: .context, p: 0.5)))
    }
    _ = try output.finish(parts: [try output.commit(writer)])
  }

  private func rescue(_ run: String, _ more: String...) -> [String] {
    ["rescue"] + team.cold(run, more).dropFirst()
  }

  @Test func givenHintsAreInThePromptAndWithheldOnesAreNot() throws {
    let run = try team.run("run", problems: 6, parts: 1)
    _ = try Tool.output(team.cold(run))
    try writeHints(into: run, team: ["q", "l"])
    _ = try Tool.output(rescue(run))
    let cold = try Tool.rows(in: run + "/cold").filter { $0["model"] as? String == "q" }
    let rows = try Tool.rows(in: run + "/rescue")
    #expect(rows.map { $0["hint_id"] as? String } == (0..<6).map { "h\($0)" })
    for (index, row) in rows.enumerated() {
      let prompt = try #require(row["prompt"] as? String)
      #expect(prompt.contains("### Hint\n") == (index % 2 == 0))
      #expect(prompt.contains("Add the pears of both.") == (index % 2 == 0))
      let own = cold.filter { $0["problem_id"] as? String == row["problem_id"] as? String }
      #expect(own.count == 2)
      #expect((own[0]["prompt"] as? String == prompt) == (index % 2 == 1))
      #expect(own.allSatisfy { $0["seed"] as? Int != row["seed"] as? Int })
    }
    #expect(try Tool.run("validate", run).status == 0)
    #expect(try Tool.run("grade", run).status == 0)
    #expect(try Tool.run(rescue(run)).errors.contains("0 made"))
  }

  @Test func aTemplateOfOnesOwnAndAnotherTeam() throws {
    let run = try team.run("run", problems: 2, parts: 1)
    try writeHints(into: run, team: ["q", "l"])
    let template = try team.folder.write("P {question} H {hint} S", to: "hinted.txt")
    _ = try Tool.output(rescue(run, "--hint-prompt", template, "--chat", "text"))
    let prompts = try Tool.column("prompt", in: run + "/rescue")
    #expect(prompts[0].hasSuffix("? H Add the pears of both. S"))
    let other = try team.run("other", problems: 2, parts: 1)
    try writeHints(into: other, team: ["q", "x"])
    try Tool.expectRefusal(rescue(other), saying: ["hints", "was made for the team q,x"])
    let bare = try team.run("bare", problems: 2, parts: 1)
    try Tool.expectRefusal(rescue(bare), saying: ["bare/hints: is missing"])
    try Tool.expectRefusal(
      rescue(run, "--hint-prompt", try team.folder.write("{question}", to: "bad.txt")),
      saying: ["bad.txt: has no {hint}"])
  }
}
