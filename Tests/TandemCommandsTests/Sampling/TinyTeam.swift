import Foundation
import TandemTestSupport

/// Two tiny random checkpoints, and a run to sample.
struct TinyTeam {
  static let isPresent = SharedData.isPresent
  static let fixtures = SharedData.path + "/fixtures/engine"

  let folder: WorkFolder
  let cache: String

  init() throws {
    folder = try WorkFolder()
    cache = folder.path("cache")
  }

  func run(_ name: String, problems: Int = 12, parts: Int = 2) throws -> String {
    // The file's name is part of every problem's id.
    let source = try folder.write(SmallRun.problems(problems), to: "\(name)-source/sums.jsonl")
    try SmallRun.ingest(source, into: folder.path(name), "--parts", "\(parts)")
    return folder.path(name)
  }

  /// `tandem cold` on the team's own cache, unless told otherwise.
  func cold(_ run: String, _ more: [String] = [], tokens: Int = 12) -> [String] {
    [
      "cold", run, "--model", "q=\(Self.fixtures)/qwen2-tied-f32/model", "--model",
      "l=embedded:\(Self.fixtures)/llama-untied-f32/model", "--max-tokens", "\(tokens)",
    ] + (more.contains { $0.hasSuffix("-cache") || $0 == "--cache" } ? [] : ["--cache", cache])
      + more
  }
}
