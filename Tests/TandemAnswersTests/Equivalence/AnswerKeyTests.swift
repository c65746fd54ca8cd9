import Testing

@testable import TandemAnswers
@testable import TandemJSON
@testable import TandemRecords

@Suite struct AnswerKeyTests {
  /// The last box of a MATH solution, by counting braces.
  private static func gold(_ solution: String) throws -> String {
    let mark = Array("\\boxed{".utf8)
    let bytes = Array(solution.utf8)
    let start = try #require(
      bytes.indices.last { bytes[$0...].starts(with: mark) }, "no box in a solution")
    var depth = 0
    for index in (start + mark.count - 1)..<bytes.count {
      if bytes[index] == UInt8(ascii: "{") { depth += 1 }
      if bytes[index] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return String(decoding: bytes[(start + mark.count)..<index], as: UTF8.self) }
    }
    throw JSONError("unbalanced box")
  }

  @Test(.enabled(if: Rows.haveSharedData, "the shared data files are absent"))
  func everyMATHGoldEqualsItself() throws {
    let rows = try Rows.shared("math/math-evaluation-harness/test.jsonl")
    #expect(rows.count == 5_000)
    var unread: [String] = []
    let grader = Grader()
    for row in rows {
      let solution = try row.text("solution")
      let gold = try Self.gold(solution)
      let key = AnswerKey(gold: gold, question: try row.text("problem"))
      #expect(key.selfCheck == nil, "\(gold)")
      if key.values.first?.parsed.tree == nil { unread.append(gold) }
      // Obvious re-spellings, applied to the text.
      for (old, new) in [("\\frac", "\\dfrac"), ("\\frac", "\\tfrac"), (",\\!", ","), (" ", "  ")] {
        // Behind a blank a bare comma separates list members.
        guard !(new == "," && gold.contains("\\! ")) else { continue }
        let other = gold.split(separator: old, omittingEmptySubsequences: false)
          .joined(separator: new)
        #expect(grader.grade(answer: other, key: key).verdict == .correct, "\(other) for \(gold)")
      }
      #expect(grader.grade(answer: "$\(gold)$", key: key).verdict == .correct, "\(gold)")
    }
    // A date is words here.
    #expect(unread == ["\\text{June 20}"])
  }

  @Test(.enabled(if: Rows.haveSharedData, "the shared data files are absent"))
  func everyGSM8KGoldEqualsItself() throws {
    for name in ["gsm8k/train.jsonl", "gsm8k/test.jsonl"] {
      for row in try Rows.shared(name) {
        let answer = try row.text("answer")
        let gold = String(try #require(answer.split(separator: " ").last))
        let key = AnswerKey(gold: gold, type: .number, question: try row.text("question"))
        #expect(key.selfCheck == nil, "\(gold)")
        #expect(Grader().grade(trace: answer, key: key).verdict == .correct, "\(gold)")
      }
    }
  }

  @Test func acceptsEachOfSeveralGoldValues() {
    let gold = "080 or 081 (both were accepted)"
    let key = AnswerKey(gold: gold)
    #expect(key.values.count == 2)
    #expect(key.selfCheck == nil)
    for (answer, isRight) in [("80", true), ("081", true), ("82", false), ("80, 81", false)] {
      #expect((Grader().grade(answer: answer, key: key).verdict == .correct) == isRight)
    }
  }

  @Test func namesWhatIsWrongWithAGold() {
    #expect(AnswerKey(gold: "").selfCheck == .empty)
    #expect(AnswerKey(gold: " ").selfCheck == .empty)
    let long = String(repeating: "1", count: 5_000)
    #expect(AnswerKey(gold: long).selfCheck == .beyondBounds)
  }
}
