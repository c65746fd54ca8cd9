import Foundation
import TandemTestSupport
import Testing

/// The main job on the published data, from files to metrics.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct MainJobTests {
  static let data = SharedData.path + "/data"

  /// Ingests, imports and grades the published solutions.
  static func run(
    in folder: WorkFolder, name: String = "run", parts: String? = nil, threads: String
  )
    throws -> String
  {
    let run = folder.path(name)
    _ = try Tool.run(
      [
        "ingest", "gsm8k", "--from", data + "/gsm8k", "--split", "test", "--out", run, "--threads",
        threads,
      ] + (parts.map { ["--parts", $0] } ?? []))
    _ = try Tool.output(
      "import", run, data + "/gsm8k/example_model_solutions.jsonl", "--mapping",
      SharedData.package + "/datasets/mappings/openai-gsm8k-solutions.yaml", "--threads", threads)
    _ = try Tool.output("grade", run, "--threads", threads)
    return run
  }

  static func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func everyProblemAndTraceArrives() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder, threads: "2")
    let report = try Self.json(
      Tool.output(
        "eval", run, "--models", "6b_verification,175b_finetuning", "--resamples", "200", "--json"))
    #expect(report["problems"] as? Int == 1_319)
    #expect(try Tool.output("shard", "cat", run + "/cold").split(separator: "\n").count == 5_276)
    #expect(try Tool.output("shard", "verify", run).contains("sound"))
    #expect(try Tool.output("validate", run).contains("valid"))
    let models = report["models"] as? [String: [String: Any]]
    // As the published labels say.
    #expect(models?["6b_verification"]?["correct"] as? Int == 515)
    #expect(models?["175b_finetuning"]?["correct"] as? Int == 458)
    let team = report["team"] as? [String: Any]
    #expect(team?["any_correct"] as? Int == 667)
    #expect(team?["all_correct"] as? Int == 306)
    let any = Double(team?["any_correct"] as? Int ?? 0)
    let all = Double(team?["all_correct"] as? Int ?? 0)
    #expect(abs((team?["pass@1"] as? Double ?? 0) - any / 1_319) < 1e-12)
    #expect(abs((team?["p12"] as? Double ?? 0) - all / 1_319) < 1e-12)
  }

  @Test func partsAndThreadsDoNotChangeTheRows() throws {
    let folder = try WorkFolder()
    let one = try Self.run(in: folder, name: "one", parts: "1", threads: "1")
    let sixteen = try Self.run(in: folder, name: "sixteen", parts: "16", threads: "2")
    for stage in ["problems", "cold", "grades"] {
      let rows = try Tool.output("shard", "cat", "\(one)/\(stage)")
      #expect(rows == (try Tool.output("shard", "cat", "\(sixteen)/\(stage)")), "\(stage)")
    }
    let again = try Self.run(in: folder, name: "again", parts: "16", threads: "1")
    let difference = try FolderContent(of: sixteen).differences(from: FolderContent(of: again))
    #expect(difference.isEmpty)
  }

  @Test func aSecondRunOfTheSameCommandsMakesNothing() throws {
    let folder = try WorkFolder()
    let run = try Self.run(in: folder, threads: "2")
    let before = try FolderContent(of: run)
    _ = try Self.run(in: folder, threads: "1")
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
    let preview = try Tool.output("grade", run, "--dry-run")
    #expect(preview.contains("6 parts are up to date, 0 would be made"))
  }
}
