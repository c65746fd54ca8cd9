import Foundation
import TandemJSON
import TandemRecords
import Testing

@testable import TandemSources

@Suite struct DatasetDescriptorTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "datasets").path

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  @Test func registriesListEveryFile() throws {
    #expect(DatasetRegistry.names == (try names(Self.folder)))
    #expect(TraceMappings.names == (try names(Self.folder + "/mappings")))
    for name in DatasetRegistry.names { _ = try DatasetRegistry.descriptor(name) }
    for name in TraceMappings.names { _ = try TraceMappings.mapping(name) }
  }

  @Test func everyDownloadIsPinned() throws {
    for name in DatasetRegistry.names {
      for form in try DatasetRegistry.descriptor(name).splits.flatMap(\.forms) {
        guard let url = form.url else { continue }
        #expect(url.hasPrefix("https://"))
        #expect(form.sha256 != nil || name == "gpqa", "\(url)")
      }
    }
  }

  @Test func misspeltNamesAreHelped() {
    #expect(
      throws: SourceError(
        "gms8k", "is no known dataset; did you mean `gsm8k`?; known are aime, gpqa, gsm8k, math")
    ) {
      try DatasetRegistry.descriptor("gms8k")
    }
    #expect(
      throws: SourceError("gsm8k", "has no split `tset`; did you mean `test`?; it has train, test")
    ) {
      try DatasetRegistry.descriptor("gsm8k").split("tset")
    }
  }

  static let good = """
    title: T
    licence: L
    homepage: H
    citation: C
    fields:
      question: q
      gold: a
    splits:
      all:
        forms:
          - paths: [a.jsonl]
    """

  @Test(
    arguments: [
      (
        "licence: L", "license: L", "d.yaml: line 2: unknown key `license`; did you mean `licence`?"
      ),
      ("gold: a", "gold: [a, {}]", "d.yaml: line 7: `gold` is not a text or a list of texts"),
      ("gold: a", "gold: a..b", "d.yaml: line 7: `gold`: `a..b` is not a path"),
      ("gold: a", "glod: a", "d.yaml: line 7: unknown key `glod`; did you mean `gold`?"),
      (
        "gold: a", "take: hash",
        "d.yaml: line 7: `take` is none of whole, hashes, last-boxed, letter"
      ),
      ("  gold: a\n", "", "d.yaml: line 9: no field is named for `gold`"),
      (
        "paths: [a.jsonl]", "path: [a.jsonl]",
        "d.yaml: line 11: unknown key `path`; did you mean `paths`?"
      ),
      (
        "paths: [a.jsonl]", "paths: [../a.jsonl]", "d.yaml: line 11: `../a.jsonl` leaves the folder"
      ),
      (
        "paths: [a.jsonl]", "paths: [a]\n        sha256: ABC", "d.yaml: line 12: `sha256` is not 64"
      ),
      (
        "paths: [a.jsonl]", "paths: [a]\n        format: josnl",
        "d.yaml: line 12: `format` is `josnl`; did you mean `jsonl`?"
      ),
      ("title: T", "title: [", "d.yaml: line "),
      ("title: T", "title: T\ntitle: U", "d.yaml: "),
      ("title: T\n", "", "d.yaml: line 1: `title` is missing or empty"),
    ])
  func mistakesAreNamed(_ old: String, _ new: String, _ message: String) throws {
    let text = Self.good.replacing(old, with: new)
    try #require(text != Self.good)
    do {
      _ = try DatasetDescriptor(yaml: Array(text.utf8), name: "d")
      Issue.record("passed: \(message)")
    } catch {
      #expect(error.description.hasPrefix(message), "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }
}

@Suite(.enabled(if: SharedData.isPresent, SharedData.needed))
struct DatasetFilesTests {
  @Test(
    arguments: [
      ("gsm8k", "train", 7_473), ("gsm8k", "test", 1_319), ("math", "test", 5_000),
      ("math", "math500", 500), ("aime", "1983-2024", 949), ("aime", "2024", 30),
      ("aime", "2025", 30), ("aime", "aimo", 10), ("aime", "2024-harness", 30),
    ])
  func everySplitMapsToProblems(_ dataset: String, _ split: String, _ count: Int) throws {
    let descriptor = try DatasetRegistry.descriptor(dataset)
    for place in [SharedData.folder, SharedData.path(dataset)] {
      let located = try descriptor.locate(split, in: place)
      #expect(located.isKnown)
      #expect(located.form.rows == count)
      let fields = try descriptor.split(split).fields
      var problems: [MappedProblem] = []
      try located.open().forEach { row throws(SourceError) in
        problems.append(try fields.problem(from: row))
      }
      #expect(problems.count == count)
      #expect(problems.allSatisfy { !$0.gold.isEmpty && $0.gold.count < 200 })
    }
  }

  @Test func everyFormOfOneSplitGivesTheSameGoldAnswers() throws {
    let descriptor = try DatasetRegistry.descriptor("math")
    let fields = try descriptor.split("test").fields
    var answers: [[String]] = []
    for file in ["math-evaluation-harness/test.jsonl", "MATH-test.tar.gz"] {
      let located = try descriptor.locate("test", in: SharedData.path("math/\(file)"))
      var found: [String] = []
      try located.open().forEach { row throws(SourceError) in
        let problem = try fields.problem(from: row)
        found.append(
          [problem.question, problem.gold, problem.level ?? "", problem.subject ?? ""].joined(
            separator: "\u{0}"))
      }
      answers.append(found.sorted())
    }
    #expect(answers[0] == answers[1])
  }

  @Test func boxedAnswersAreThoseOfTheAnswerField() throws {
    // The 500 rows give the answer twice: as a field and boxed in the solution.
    let located = try DatasetRegistry.descriptor("math").locate("math500", in: SharedData.folder)
    try located.open().forEach { row throws(SourceError) in
      let boxed = row.text("solution").flatMap { GoldRule.lastBoxed.answer(in: $0) }
      #expect(
        boxed == row.text("answer").flatMap { GoldRule.whole.answer(in: $0) }, "row \(row.row)")
    }
  }

  @Test func titledSpreadsheetIsAForm() throws {
    let located = try DatasetRegistry.descriptor("aime").locate(
      "1983-2024", in: SharedData.path("aime/title-row/AIME_Dataset_1983_2024.csv"))
    #expect(located.isKnown && located.form.rows == 933)
  }

  @Test func choicesComeWithTheRightOne() throws {
    let descriptor = try DatasetRegistry.descriptor("gpqa")
    for kind in ["zipcrypto", "aes256"] {
      let located = try descriptor.locate(
        "diamond", in: SharedData.path("derived/gpqa-synthetic-\(kind).zip"))
      #expect(!located.isKnown && located.sha256 != nil)
      let fields = try descriptor.split("diamond").fields
      var count = 0
      try located.open().forEach { row throws(SourceError) in
        let problem = try fields.problem(from: row)
        #expect(problem.goldType == .choice)
        guard case .unordered(let correct, let incorrect)? = problem.choices else {
          Issue.record("no choices")
          return
        }
        #expect(correct == problem.gold && incorrect.count == 3)
        count += 1
      }
      #expect(count == 4)
    }
  }

  @Test func changedFileIsRefusedUnlessAccepted() throws {
    let descriptor = try DatasetRegistry.descriptor("gsm8k")
    let folder = try TemporaryFolder()
    var bytes = try SharedData.bytes("gsm8k/test.jsonl")
    // A letter of the first question: still valid JSON, and no error but the checksum's.
    bytes[20] ^= 1
    let path = try folder.write("test.jsonl", bytes)
    for place in [path, folder.path] {
      do {
        _ = try descriptor.locate("test", in: place)
        Issue.record("accepted")
      } catch {
        #expect(error.description.hasPrefix("test.jsonl: SHA-256 is "))
        #expect(
          error.description.contains(
            "not 3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14"))
      }
    }
    let accepted = try descriptor.locate("test", in: folder.path, acceptsChangedFiles: true)
    #expect(!accepted.isKnown)
    #expect(try rows(accepted.path).count == 1_319)
  }

  @Test func missingFileIsNamed() throws {
    let folder = try TemporaryFolder()
    let descriptor = try DatasetRegistry.descriptor("gsm8k")
    #expect(
      throws: SourceError(
        folder.path,
        "has none of the files of gsm8k test: test.jsonl, gsm8k/test.jsonl, grade_school_math/data/test.jsonl"
      )
    ) {
      try descriptor.locate("test", in: folder.path)
    }
  }
}
