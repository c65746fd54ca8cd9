import Foundation
import TandemJSON
import Testing

@testable import TandemSources

@Suite(.enabled(if: SharedData.isPresent, SharedData.needed))
struct RealFilesTests {
  @Test(
    arguments: [
      ("gsm8k/train.jsonl", 7_473), ("gsm8k/test.jsonl", 1_319),
      ("gsm8k/example_model_solutions.jsonl", 1_319),
      ("math/math-evaluation-harness/test.jsonl", 5_000), ("math/prm800k/test.jsonl", 500),
      ("math/MATH-test.tar.gz", 5_000), ("aime/AIME_Dataset_1983_2024.csv", 949),
      ("aime/title-row/AIME_Dataset_1983_2024.csv", 933), ("aime/LeaP/aime.json", 30),
      ("aime/LeaP/aime_2025.json", 30), ("aime/LeaP/aimo.json", 10),
      ("aime/aime24-harness/test.jsonl", 30), ("derived/aime-200.csv", 200),
    ])
  func hasTheRowsThatItsListSays(_ file: String, _ count: Int) throws {
    let rows = try rows(SharedData.path(file))
    #expect(rows.count == count)
    #expect(rows.allSatisfy { !$0.file.hasPrefix("/") && $0.row >= 1 })
  }

  @Test func archiveAndLinesHoldTheSameProblems() throws {
    func keys(_ rows: [SourceRow]) -> [String] {
      rows.map { row in
        ["problem", "level", "type", "solution"].map { row.text($0) ?? "" }
          .joined(separator: "\u{0}")
      }.sorted()
    }
    let lines = try rows(SharedData.path("math/math-evaluation-harness/test.jsonl"))
    let members = try rows(SharedData.path("math/MATH-test.tar.gz"))
    #expect(keys(lines) == keys(members))
    #expect(members.first?.file == "MATH-test.tar.gz!MATH/test/algebra/1.json")
  }

  @Test func unpackedFolderHoldsWhatItsArchiveHolds() throws {
    let folder = try TemporaryFolder()
    let unpacked = try folder.run("tar", ["xzf", SharedData.path("math/MATH-test.tar.gz")])
    try #require(unpacked == true)
    let found = try rows(folder.path + "/MATH")
    #expect(found.count == 5_000)
    #expect(found.first?.file == "test/algebra/1.json")
    let members = try rows(SharedData.path("math/MATH-test.tar.gz"))
    #expect(Set(found.map(\.value)) == Set(members.map(\.value)))
  }

  @Test func memberPatternChoosesASubject() throws {
    let options = SourceOptions(members: MemberPattern("MATH/test/geometry/*.json"))
    #expect(try rows(SharedData.path("math/MATH-test.tar.gz"), options).count == 479)
  }

  @Test func spreadsheetWithATitleHoldsTheSameRows() throws {
    let plain = try rows(SharedData.path("aime/AIME_Dataset_1983_2024.csv"))
    let titled = try rows(SharedData.path("aime/title-row/AIME_Dataset_1983_2024.csv"))
    let columns = ["ID", "Year", "Problem Number", "Question", "Answer", "Part"]
    let byID = Dictionary(uniqueKeysWithValues: plain.map { ($0.text("ID") ?? "", $0) })
    for row in titled {
      let twin = try #require(byID[row.text("ID") ?? ""])
      for column in columns { #expect(row.text(column) == twin.text(column)) }
      #expect(row.text("right/wrong") == "")
    }
    let named = SourceOptions(headerRow: 2)
    #expect(
      try rows(SharedData.path("aime/title-row/AIME_Dataset_1983_2024.csv"), named) == titled)
  }

  @Test func derivedTableHoldsTheQuestionsOfItsSource() throws {
    let source = try rows(SharedData.path("aime/AIME_Dataset_1983_2024.csv"))
    let questions = Dictionary(
      uniqueKeysWithValues: source.map { ($0.text("ID") ?? "", $0.text("Question")) })
    for row in try rows(SharedData.path("derived/aime-200.csv")) {
      #expect(questions[row.text("id") ?? ""] == row.text("question"))
      #expect(row.text("prompt")?.hasPrefix((row.text("question") ?? "?") + "\n\n") == true)
    }
  }

  @Test(arguments: ["zipcrypto", "aes256"])
  func encryptedArchivesNeedTheirPassword(_ kind: String) throws {
    let path = SharedData.path("derived/gpqa-synthetic-\(kind).zip")
    let name = "gpqa-synthetic-\(kind).zip"
    let found = try rows(path, SourceOptions(password: "deserted-untie-orchid"))
    #expect(found.count == 4)
    #expect(found.allSatisfy { $0.value.members.count == 78 })
    #expect(found.allSatisfy { $0.text("Correct Answer")?.isEmpty == false })
    #expect(
      complaint(path, SourceOptions(password: "wrong"))
        == "\(name): wrong password for dataset/gpqa_diamond.csv: give --password")
    #expect(
      complaint(path) == "\(name): dataset/gpqa_diamond.csv needs a password: give --password")
  }

  @Test func bothEncryptionsHoldTheSame() throws {
    let options = SourceOptions(password: "deserted-untie-orchid")
    let first = try rows(SharedData.path("derived/gpqa-synthetic-zipcrypto.zip"), options)
    let second = try rows(SharedData.path("derived/gpqa-synthetic-aes256.zip"), options)
    #expect(first.map(\.value) == second.map(\.value))
  }

  @Test func pointerOfAShallowCloneIsNamed() {
    let message = complaint(SharedData.path("math/prm800k/train.jsonl.lfs-pointer"))
    #expect(message?.contains("git lfs pull") == true)
  }
}
