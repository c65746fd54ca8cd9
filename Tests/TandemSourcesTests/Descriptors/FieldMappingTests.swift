import TandemJSON
import TandemRecords
import Testing

@testable import TandemSources

@Suite struct FieldMappingTests {
  private func row(_ object: JSONValue) -> SourceRow {
    SourceRow(file: "f.jsonl", row: 7, value: object.object ?? JSONObject())
  }

  private func complaint(_ pairs: String, _ object: JSONValue) throws -> String? {
    let fields = try FieldMapping(pairs: pairs)
    do {
      _ = try fields.problem(from: row(object))
      return nil
    } catch {
      return error.description
    }
  }

  @Test func pairsNameFields() throws {
    let fields = try FieldMapping(
      pairs:
        "question=doc.q,gold=Final Answer,take=last-boxed,type=number,level=n,subject=a,subject=b")
    let problem = try fields.problem(
      from: row(["doc": ["q": "2+2?"], "Final Answer": "so \\boxed{4}", "n": 3, "b": "sums"]))
    #expect(
      problem
        == MappedProblem(
          question: "2+2?", gold: "4", goldType: .number, level: "3", subject: "sums"))
  }

  @Test(
    arguments: [
      ("question", "--fields: `question` is not KEY=FIELD, such as question=problem"),
      ("question=q", "--fields: no field is named for `gold`, or `correct` with `incorrect`"),
      ("gold=q", "--fields: no field is named for `question`"),
      ("question=q,glod=a", "--fields: unknown key `glod`; did you mean `gold`?; known are "),
      (
        "question=q,gold=a,take=boxed",
        "--fields: `take` is none of whole, hashes, last-boxed, letter"
      ),
      (
        "question=q,gold=a,options=o",
        "--fields: `options` needs a gold letter: set `take` to `letter`"
      ),
    ])
  func pairsAreChecked(_ pairs: String, _ message: String) {
    do {
      _ = try FieldMapping(pairs: pairs)
      Issue.record("accepted \(pairs)")
    } catch {
      #expect(error.description.hasPrefix(message))
    }
  }

  @Test func missingFieldNamesThoseThatAre() throws {
    #expect(
      try complaint("question=problem,gold=answer", ["probelm": "x", "answer": "1"])
        == "f.jsonl: row 7: has no field `problem` for `question`; did you mean `probelm`?; its fields are probelm, answer"
    )
    #expect(
      try complaint("question=q,gold=a.b", ["q": "x", "a": ["c": "1"]])
        == "f.jsonl: row 7: `a.b` for `gold` is null or lacks a part")
    #expect(
      try complaint("question=q,gold=a", ["q": "  ", "a": "1"])
        == "f.jsonl: row 7: the field for `question` is empty")
    #expect(
      try complaint("question=q,gold=a", ["q": ["x"], "a": "1"])
        == "f.jsonl: row 7: the field for `question` is array, not a text")
    #expect(
      try complaint("question=q,gold=a,take=hashes", ["q": "x", "a": "secret 12"])
        == "f.jsonl: row 7: `a` has no gold answer (hashes)")
  }

  @Test func lettersPickOptions() throws {
    let fields = try FieldMapping(pairs: "question=q,gold=a,take=letter,options=o")
    for answer in ["B", "b", "(B)", "1"] as [JSONValue] + [1] {
      let problem = try fields.problem(from: row(["q": "x", "a": answer, "o": ["one", "two"]]))
      #expect(problem.gold == "two" && problem.choices == .ordered(["one", "two"], correct: 1))
    }
    let problem = try fields.problem(
      from: row(["q": "x", "a": "A", "o": ["B": "two", "A": "one"]]))
    #expect(problem.choices == .ordered(["one", "two"], correct: 0))
    #expect(
      try complaint(
        "question=q,gold=a,take=letter,options=o", ["q": "x", "a": "C", "o": ["1", "2"]])
        == "f.jsonl: row 7: `a` names none of the 2 options")
  }
}

@Suite struct GoldRuleTests {
  @Test(
    arguments: [
      ("a\n#### 1,080", "1,080"), ("#### 1\n#### -7 ", "-7"), ("x #### 5\ny", "5"),
      ("none", nil), ("####", nil), ("#### ", nil), ("##### 5", "5"),
    ] as [(String, String?)])
  func hashes(_ text: String, _ answer: String?) {
    #expect(GoldRule.hashes.answer(in: text) == answer)
  }

  @Test(
    arguments: [
      ("\\boxed{1}", "1"), ("\\boxed{1} then \\boxed{\\frac{1}{15}}", "\\frac{1}{15}"),
      ("\\fbox{2}", "2"), ("$\\boxed 5$ is", "5"), ("\\boxed{\\{1\\}}", "\\{1\\}"),
      ("\\boxed{\\text{a}} \\frac{1}{2}", "\\text{a}"), ("\\boxed{1", nil), ("\\boxed{}", nil),
      ("\\boxed", nil), ("none", nil), ("\\boxed{é}", "é"), ("\\boxed {7}", "7"),
    ] as [(String, String?)])
  func lastBoxed(_ text: String, _ answer: String?) {
    #expect(GoldRule.lastBoxed.answer(in: text) == answer)
  }
}

@Suite struct DotPathTests {
  static let row: JSONObject =
    (["a": ["b": [["c": 1], ["c": 2]]], "x.y": "dot", "n": .null, "l": [[1, 2]]] as JSONValue?)?
    .object ?? JSONObject()

  @Test(
    arguments: [
      ("a.b[0].c", 1), ("a.b[-1].c", 2), ("a.b[2].c", nil), ("x.y", "dot"), ("n", nil),
      ("a.b[*].c", [1, 2]), ("l[0][1]", 2), ("a.b[-3]", nil), ("z", nil), ("a[0]", nil),
    ] as [(String, JSONValue?)])
  func findsValues(_ path: String, _ value: JSONValue?) throws {
    #expect(try #require(DotPath(path)).value(in: Self.row) == value)
  }

  @Test(arguments: [
    "", ".", "a.", ".a", "a[", "a[x]", "a]b[", "a[0]b",
    Array(repeating: "a", count: 17).joined(separator: "."),
  ])
  func refusesMalformedPaths(_ path: String) {
    #expect(DotPath(path) == nil)
  }
}
