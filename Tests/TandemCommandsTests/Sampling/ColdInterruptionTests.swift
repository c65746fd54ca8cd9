import Foundation
import Glibc
import TandemTestSupport
import Testing

/// `tandem cold` stopped at any instant, and two of them on one cache.
@Suite(.enabled(if: TinyTeam.isPresent, Comment(rawValue: SharedData.absence)))
struct ColdInterruptionTests {
  let team: TinyTeam

  init() throws { team = try TinyTeam() }

  @Test func killedAtAnyInstantAndRunAgainGivesTheSameBytes() throws {
    let calm = try team.run("calm", problems: 6)
    let start = Date()
    _ = try Tool.output(team.cold(calm, ["--no-cache"], tokens: 16))
    let duration = Date().timeIntervalSince(start)
    let expected = try FolderContent(of: calm + "/cold")
    let seed = UInt64.random(in: 0..<1 << 32)
    var generator = SplitMix(seed: seed)
    var kills = 0
    for round in 0..<20 where kills < 20 {
      let run = try team.run("run-\(round)", problems: 6)
      let cache = team.folder.path("cache-\(round)")
      let arguments = team.cold(run, ["--cache", cache], tokens: 16)
      for _ in 0..<4 {
        let delay = Double.random(in: 0...duration, using: &generator)
        kills += try Tool.kill(after: delay, arguments).status == 0 ? 0 : 1
      }
      _ = try Tool.output(arguments)
      let content = try FolderContent(of: run + "/cold")
      #expect(content.differences(from: expected).isEmpty, "seed \(seed)")
      let verified = try Tool.output("cache", "verify", "--cache", cache)
      #expect(verified == "24 entries are sound: nothing wrong\n", "seed \(seed)")
    }
    #expect(kills >= 20)
  }

  @Test(arguments: ["shared", "own"]) func anInterruptedOneGoesOn(_ store: String) throws {
    let calm = try team.run("calm")
    _ = try Tool.output(team.cold(calm, ["--no-cache"], tokens: 40))
    let run = try team.run("run")
    let arguments = team.cold(run, store == "own" ? ["--no-cache"] : [], tokens: 40)
    // The lock is taken once signals are listened to.
    let result = try Tool.signal(SIGINT, whenAppears: run + "/cold/.lock", arguments)
    #expect(result.status == 130 && result.output.isEmpty, "\(result.errors)")
    #expect(result.errors.hasSuffix("what is finished is kept; the same command continues\n"))
    _ = try Tool.output(arguments)
    #expect(
      try FolderContent(of: run + "/cold").differences(from: FolderContent(of: calm + "/cold"))
        .isEmpty)
  }

  @Test func twoOnOneCacheShareTheWork() async throws {
    let runs = try ["one", "two"].map { try team.run($0, problems: 16) }
    let sampled = try await withThrowingTaskGroup(of: Int.self) { group in
      for run in runs {
        let arguments = team.cold(run, tokens: 12)
        group.addTask {
          let result = try Tool.run(arguments)
          #expect(result.status == 0, "\(result.errors)")
          let words = result.errors.split(separator: " ")
          let place = words.lastIndex(of: "sampled") ?? 1
          return Int(words[place - 1]) ?? -1
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sampled == 64)
    #expect(
      try FolderContent(of: runs[0] + "/cold").differences(
        from: FolderContent(of: runs[1] + "/cold")
      )
      .isEmpty)
    #expect(
      try Tool.output("cache", "verify", "--cache", team.cache)
        == "64 entries are sound: nothing wrong\n")
  }
}
