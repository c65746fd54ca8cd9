import Foundation
import TandemTestSupport
import Testing

/// `tandem cache` on what `cold` has left.
@Suite(.enabled(if: TinyTeam.isPresent, Comment(rawValue: SharedData.absence)))
struct CacheCommandTests {
  let team: TinyTeam
  let run: String

  init() throws {
    team = try TinyTeam()
    run = try team.run("run", problems: 6)
    _ = try Tool.output(team.cold(run))
  }

  @Test func statsCountEveryModel() throws {
    let table = try Tool.output("cache", "stats", "--cache", team.cache)
    #expect(table.contains("embedded/1") && table.contains("total"))
    let row = try #require(
      try Tool.rows(of: Tool.output("cache", "stats", "--json", "--cache", team.cache)).first)
    #expect(row["entries"] as? Int == 24)
    let traces = try Tool.rows(in: run + "/cold")
    let tokens = traces.reduce(0) { $0 + (($1["token_ids"] as? [Int])?.count ?? 0) }
    #expect(row["tokens"] as? Int == tokens)
  }

  @Test func exportGivesTheTracesBack() throws {
    let result = try Tool.run("cache", "export", "--cache", team.cache)
    #expect(result.status == 0 && result.errors == "export: 24 rows\n")
    let rows = try Tool.rows(of: result.output)
    let traces = try Tool.rows(in: run + "/cold")
    let names = [
      "engine", "model_fingerprint", "prompt", "prompt_ids", "sampling", "seed", "sample", "text",
      "token_ids", "raw_logprobs_e4", "sampling_logprobs_e4", "finish_reason",
    ]
    func lines(_ rows: [Tool.Row]) -> Set<String> {
      Set(rows.map { row in SmallRun.line(row.filter { names.contains($0.key) }) })
    }
    let isSame = lines(rows) == lines(traces)
    #expect(isSame && lines(rows).count == 24)
  }

  @Test func gcTakesOutAndSaysSo() throws {
    let would = try Tool.output(
      "cache", "gc", "--max-size", "1kB", "--dry-run", "--cache", team.cache)
    #expect(would.hasSuffix("would go\n") && !would.hasPrefix("0 "))
    #expect(
      try Tool.output("cache", "gc", "--older-than", "1d", "--cache", team.cache)
        .hasPrefix("0 entries"))
    _ = try Tool.output("cache", "gc", "--max-size", "0kB", "--cache", team.cache)
    let row = try Tool.rows(of: Tool.output("cache", "stats", "--json", "--cache", team.cache))
    #expect(row.first?["entries"] as? Int == 0)
    #expect(try Tool.run("cache", "gc", "--cache", team.cache).status == 64)
    #expect(try Tool.run("cache", "gc", "--older-than", "soon", "--cache", team.cache).status == 64)
  }

  @Test func damageIsTwoAndHealsByComputingAgain() throws {
    let path = team.cache + "/rollouts.sqlite"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    // The magic number of a zstd frame: somewhere behind it lies a sample.
    let magic = Data([0x28, 0xB5, 0x2F, 0xFD])
    let frame = try #require(bytes.range(of: magic))
    bytes[frame.lowerBound + 30] ^= 0x40
    try bytes.write(to: URL(fileURLWithPath: path))
    let found = try Tool.run("cache", "verify", "--cache", team.cache)
    #expect(found.status == 2 && found.output.contains("23 entries are sound: 1 fault"))
    let before = try FolderContent(of: run + "/cold")
    try FileManager.default.removeItem(atPath: run + "/cold")
    try Tool.expectRefusal(
      team.cold(run), saying: ["rollouts.sqlite", "is damaged", "tandem cache verify --remove"])
    #expect(try Tool.run("cache", "export", "--cache", team.cache).status == 2)
    let removed = try Tool.run("cache", "verify", "--remove", "--cache", team.cache)
    #expect(removed.status == 2 && removed.output.contains("1 taken out"))
    let again = try Tool.run(team.cold(run))
    #expect(again.status == 0 && again.errors.contains("; 1 sampled now"))
    #expect(try FolderContent(of: run + "/cold").differences(from: before).isEmpty)
  }

  @Test func aFileThatIsNoDatabaseSaysHowToGoOn() throws {
    let cache = team.folder.path("broken")
    _ = try team.folder.write(
      String(repeating: "not a database. ", count: 512), to: "broken/rollouts.sqlite")
    let words = ["broken/rollouts.sqlite", "is damaged", "--no-cache"]
    try Tool.expectRefusal(["cache", "stats", "--cache", cache], saying: words)
    let arguments = ["-k", "3"]
    try Tool.expectRefusal(team.cold(run, arguments + ["--cache", cache]), saying: words)
    _ = try Tool.output(team.cold(run, arguments + ["--no-cache"]))
    try Tool.expectRefusal(
      ["cache", "stats", "--cache", team.folder.path("none")], saying: ["holds no rollout cache"])
  }
}
