import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

@testable import TandemStages

@Suite struct ProblemIndexTests {
  /// An index of problems given by question and source id.
  func index(_ problems: [(question: String, sourceID: String?)]) throws -> ProblemIndex {
    let folder = try WorkFolder()
    let output = try StageOutput<Problem>(
      folder.path("problems"), plan: Plan(stage: "test", stageVersion: 1),
      compression: Compression())
    var writer = try output.writer(0, fingerprint: "f")
    for (row, problem) in problems.enumerated() {
      try writer.write(
        Problem(
          id: "p\(row)", dataset: "d", split: "s", question: problem.question, gold: "1",
          goldType: .number, source: .init(file: "f", row: row + 1, id: problem.sourceID)))
    }
    let part = try output.commit(writer)
    _ = try output.finish(parts: [part])
    return try ProblemIndex(
      of: StageInput(folder.path("problems")), context: StageContext(threads: 1))
  }

  func found(_ match: ProblemIndex.Match) -> String {
    switch match {
    case .found(let place): place.id
    case .none: "none"
    case .ambiguous: "ambiguous"
    }
  }

  @Test func findsByIDThenTextThenNormalisedText() throws {
    let index = try index([
      ("What is 2+2?", "a/1"), ("Was ist $x^2$?", "a/2"), ("Same", "a/3"), ("Same", "a/4"),
    ])
    #expect(found(index.match(id: "p1", question: "What is 2+2?")) == "p1")
    #expect(found(index.match(id: nil, question: "What is 2+2?")) == "p0")
    #expect(found(index.match(id: "17", question: "what  is 2 + 2")) == "p0")
    #expect(found(index.match(id: nil, question: "Was ist x 2")) == "p1")
    #expect(found(index.match(id: nil, question: "Something else")) == "none")
    #expect(found(index.match(id: "unknown", question: nil)) == "none")
  }

  @Test func theSourceIDDecidesOnlyWhereTheQuestionDoesNot() throws {
    let index = try index([("First", "1"), ("Same", "2"), ("Same", "3"), ("Last", "3")])
    #expect(found(index.match(id: "1", question: nil)) == "p0")
    #expect(found(index.match(id: "3", question: nil)) == "ambiguous")
    #expect(found(index.match(id: "2", question: "Same")) == "p1")
    #expect(found(index.match(id: nil, question: "Same")) == "ambiguous")
    #expect(found(index.match(id: "1", question: "Last")) == "p3")
    #expect(found(index.match(id: "1", question: "Unknown")) == "none")
  }
}
