import Foundation
import TandemTestSupport
import Testing

/// A process killed at any instant, then the same command again: the bytes of an undisturbed run.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct InterruptionTests {
  static let data = SharedData.path + "/data"

  /// The stages with the folders that must be there before each.
  static func stages(_ run: String, traces: String) -> [(name: String, arguments: [String])] {
    [
      (
        "ingest",
        [
          "ingest", "gsm8k", "--split", "test", "--from", data, "--out", run, "--threads", "2",
          "--parts", "24",
        ]
      ),
      (
        "import",
        ["import", run, traces, "--mapping", "generic", "--threads", "2"]
      ),
      ("grade", ["grade", run, "--threads", "2"]),
    ]
  }

  /// A file of traces: two models answer every problem of the run with its own solution, cut short at times.
  static func writeTraces(of run: String, to path: String) throws {
    var rows = ""
    for line in try Tool.output("shard", "cat", run + "/problems").split(separator: "\n") {
      let problem = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let solution = problem?["solution"] as? String ?? ""
      for (model, text) in [
        ("whole", solution), ("half", String(solution.prefix(solution.count / 2))),
      ] {
        let row = ["problem_id": problem?["id"] ?? "", "model": model, "text": text]
        rows +=
          String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self) + "\n"
      }
    }
    try Data(rows.utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test func killedAtAnyInstantAndRunAgainGivesTheSameBytes() throws {
    let folder = try WorkFolder()
    let calm = folder.path("calm")
    var durations: [String: Double] = [:]
    let traces = folder.path("traces.jsonl")
    for stage in Self.stages(calm, traces: traces) {
      if stage.name == "import" { try Self.writeTraces(of: calm, to: traces) }
      let start = Date()
      let result = try Tool.run(stage.arguments)
      durations[stage.name] = Date().timeIntervalSince(start)
      #expect(result.status == 0, "\(stage.name): \(result.errors)")
    }
    let expected = try FolderContent(of: calm)

    let seed = UInt64.random(in: 0..<1 << 32)
    var generator = SplitMix(seed: seed)
    var kills = 0
    let run = folder.path("killed")
    while kills < 36 {
      try? FileManager.default.removeItem(atPath: run)
      for stage in Self.stages(run, traces: traces) {
        for _ in 0..<4 {
          let duration = durations[stage.name] ?? 1
          let delay = Double.random(in: 0...duration, using: &generator)
          let killed = try Tool.kill(after: delay, stage.arguments)
          kills += killed.status == 0 ? 0 : 1
        }
        let again = try Tool.run(stage.arguments)
        #expect(again.status == 0, "seed \(seed): \(again.errors)")
      }
      let found = try FolderContent(of: run)
      #expect(found.differences(from: expected).isEmpty, "seed \(seed)")
    }
  }
}
