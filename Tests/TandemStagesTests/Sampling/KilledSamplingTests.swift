import Foundation
import TandemRecords
import TandemRollouts
import TandemShards
import TandemTestSupport
import Testing

@testable import TandemStages

/// Processes that sample, killed at any instant, and two that share a cache.
@Suite struct KilledSamplingTests {
  let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  private static let program: String = {
    let tool = URL(fileURLWithPath: Tool.path)
    return tool.deletingLastPathComponent().appendingPathComponent("sampling-trial").path
  }()

  private func arguments(_ run: RunFolder, cache: String, samples: Int = 2, log: String = "log")
    -> [String]
  {
    [Self.program, run.path, folder.path(cache), "\(samples)", folder.path(log)]
  }

  /// The second words of the lines that begin with a word.
  private func lines(_ word: String, log: String = "log") -> [String] {
    let text = (try? String(contentsOfFile: folder.path(log), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line -> String? in
      line.hasPrefix(word + " ") ? String(line.dropFirst(word.count + 1)) : nil
    }
  }

  @Test func killedAtAnyInstantNothingReportedIsLostOrComputedAgain() throws {
    let calm = try SamplingFixtures.run(folder.path("calm"), problems: 60)
    let start = Date()
    let result = try Shell.run(arguments(calm, cache: "calm-cache", log: "calm-log"))
    let duration = Date().timeIntervalSince(start)
    #expect(result.output == "240\n", "\(result.errors)")
    let expected = try FolderContent(of: calm.traces(.cold))

    let seed = Int.random(in: 0..<1 << 30)
    var draws = PhiloxSequence(seed: seed)
    var kills = 0
    while kills < 20 {
      for name in ["run", "cache", "log"] {
        try? FileManager.default.removeItem(atPath: folder.path(name))
      }
      let run = try SamplingFixtures.run(folder.path("run"), problems: 60)
      var kept: Set<String> = []
      for _ in 0..<5 {
        let delay = Double.random(in: 0...duration, using: &draws)
        let begunBefore = lines("begin").count
        let reportedBefore = lines("reported").count
        let killed = try Shell.run(
          ["timeout", "-s", "KILL", String(delay)] + arguments(run, cache: "cache"))
        kills += killed.status == 0 ? 0 : 1
        let again = Set(lines("begin").dropFirst(begunBefore)).intersection(kept)
        #expect(again.isEmpty, "seed \(seed): computed again what was kept")
        let found = try keys(in: "cache")
        let reported = lines("reported").dropFirst(reportedBefore).last.flatMap { Int($0) } ?? 0
        #expect(found.count >= kept.count + reported, "seed \(seed): lost what was reported")
        #expect(found.isSuperset(of: kept), "seed \(seed)")
        kept = found
      }
      let last = try Shell.run(arguments(run, cache: "cache"))
      #expect(last.status == 0, "seed \(seed): \(last.errors)")
      let traces = try FolderContent(of: run.traces(.cold))
      #expect(traces.differences(from: expected).isEmpty, "seed \(seed)")
      #expect(try keys(in: "cache").count == 240, "seed \(seed)")
    }
  }

  private func keys(in cache: String) throws -> Set<String> {
    let cache = try RolloutCache(folder.path(cache))
    var keys: Set<String> = []
    let damaged = try cache.forEach { key, _ in keys.insert(key.hex) }
    #expect(damaged == 0)
    return keys
  }

  @Test func twoProcessesFillOneCacheAndComputeNothingTwice() async throws {
    let runs = try ["one", "two"].map {
      try SamplingFixtures.run(folder.path($0), problems: 80)
    }
    try await withThrowingTaskGroup(of: Shell.Result.self) { group in
      for run in runs {
        let arguments = arguments(run, cache: "cache")
        group.addTask { try Shell.run(arguments) }
      }
      var computed = 0
      for try await result in group {
        #expect(result.status == 0, "\(result.errors)")
        computed += Int(result.output.dropLast()) ?? 0
      }
      #expect(computed == 320)
    }
    let begun = lines("begin")
    #expect(begun.count == 320 && Set(begun).count == 320)
    let contents = try runs.map { try FolderContent(of: $0.traces(.cold)) }
    #expect(contents[0].differences(from: contents[1]).isEmpty)
    let found = try RolloutCache(folder.path("cache")).verify(remove: false)
    #expect(found.sound == 320 && found.faults.isEmpty)
  }
}
