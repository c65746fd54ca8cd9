import Foundation
import TandemTestSupport
import Testing

/// Choice questions from encrypted archives: the order of options is drawn, the gold letter follows.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct ChoiceQuestionTests {
  static let archives = ["gpqa-synthetic-zipcrypto.zip", "gpqa-synthetic-aes256.zip"]
  static let password = "deserted-untie-orchid"
  static let letters = ["A", "B", "C", "D"]
  let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
  }

  static func path(_ archive: String) -> String { "\(SharedData.path)/data/derived/\(archive)" }

  func rows(_ archive: String, seed: Int) throws -> [Tool.Row] {
    let run = folder.path("\(archive)-\(seed)")
    _ = try Tool.output(
      "ingest", "gpqa", "--from", Self.path(archive), "--seed", String(seed), "--out", run)
    return try Tool.rows(in: run)
  }

  /// The right option of every question, from the archive as `bsdtar`'s library is told to read it: with fields of
  /// one's own, where the right option stands alone.
  func correct(_ archive: String) throws -> [String: String] {
    let run = folder.path("correct-" + archive)
    _ = try Tool.output(
      "ingest", Self.path(archive), "--password", Self.password, "--fields",
      "question=Question,gold=Correct Answer,type=text", "--out", run)
    return try RealFilesTests.golds(run)
  }

  @Test(arguments: archives) func theLetterFollowsTheOption(_ archive: String) throws {
    let correct = try correct(archive)
    #expect(correct.count == 4)
    var seen: Set<String> = []
    for seed in 0..<6 {
      let rows = try rows(archive, seed: seed)
      #expect(rows.count == 4)
      for row in rows {
        let choices = try #require(row["choices"] as? [String])
        let letter = try #require(row["gold"] as? String)
        let place = try #require(Self.letters.firstIndex(of: letter))
        let right = try #require(correct[row["question"] as? String ?? ""])
        #expect(choices.count == 4 && row["gold_type"] as? String == "choice")
        #expect(Self.trimmed(choices[place]) == Self.trimmed(right))
        seen.insert(letter)
      }
    }
    #expect(seen == Set(Self.letters))
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    let archive = Self.archives[0]
    for run in ["a", "b", "c"] {
      _ = try Tool.output(
        "ingest", "gpqa", "--from", Self.path(archive), "--seed", run == "c" ? "8" : "7", "--out",
        folder.path(run))
    }
    let first = try FolderContent(of: folder.path("a"))
    #expect(first.differences(from: try FolderContent(of: folder.path("b"))).isEmpty)
    #expect(!first.differences(from: try FolderContent(of: folder.path("c"))).isEmpty)
  }

  @Test(arguments: archives) func aWrongOrMissingPasswordIsNamed(_ archive: String) throws {
    let run = folder.path("run")
    try Tool.expectRefusal(
      ["ingest", "gpqa", "--from", Self.path(archive), "--password", "wrong", "--out", run],
      saying: [archive, "gpqa_diamond.csv", "password", "--password"])
    try Tool.expectRefusal(
      [
        "ingest", Self.path(archive), "--fields", "question=Question,gold=Correct Answer", "--out",
        run,
      ], saying: [archive, "gpqa_diamond.csv", "needs a password", "--password"])
    #expect(!FileManager.default.fileExists(atPath: run))
  }
}
