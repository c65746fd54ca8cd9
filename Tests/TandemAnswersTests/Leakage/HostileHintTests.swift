import Testing

@testable import TandemAnswers
@testable import TandemRecords

/// Texts made to break a reader: they end, and give a result.
struct HostileHintTests {
  static let patterns = [
    "(", "((1+", "\\boxed{", "{", "[[", "\\frac{", "\\frac{1}{", "^", "^{", "_", "_{", "<<", "1/",
    "1,", "1 and ", "-", "--", "*", "**", "a*", "&#", "&amp", "<a", "<!--", "half of ", "sum of ",
    "twenty-", "one hundred and ", "1.", "1:", "9", "9^", "\\sqrt[", "√", "!", "9!", "\\",
    "\u{200B}",
    "😀", "\n", "(A) ", "C", "x=", "2^2^", "{,}", "%3", "\\begin{pmatrix}", "1&2\\\\", "12 ", "x+",
    "answer is ", "the answer: ", "#### ", "2\\sqrt{3} ", "(2,3) ", "2, 3, ", "$", "`", "of the ",
  ]
  static let golds = [
    "12", "1/2", "2\\sqrt{3}", "(2, 3)", "x^2+1", "C", "blue", "12 cm", "\\{1,2\\}",
    "9^{9^{9^9}}", "", "((((", "[2,5)",
  ]

  private static let auditors = golds.map {
    LeakAuditor(gold: $0, question: "How many?", choices: ["1", "2", "3"])
  }

  @Test(arguments: patterns) func repetitionIsBounded(pattern: String) {
    let text = String(repeating: pattern, count: 1_000 / pattern.utf8.count)
    for auditor in Self.auditors {
      #expect(auditor.audit(text).findings.count <= text.utf8.count)
    }
  }

  @Test(arguments: patterns) func aQuestionOrGoldAnswerMayBeHostileToo(pattern: String) {
    let text = String(repeating: pattern, count: 500 / pattern.utf8.count)
    for gold in ["12", "(2, 3)", text] {
      let auditor = LeakAuditor(gold: gold, question: text, choices: ["1", text])
      #expect(auditor.audit("So 16 - 4 = 12.").findings.count <= 5)
    }
  }

  @Test func megabytesAreRead() {
    let line = "Take 16 - 7 eggs and (3 + 4) * 2 more, which is \\frac{1}{2} of it.\n"
    let text = String(repeating: line, count: 3_000) + "So 123."
    let audit = LeakAuditor(gold: "123").audit(text)
    #expect(audit.findings.map(\.start) == [3_000 * line.utf8.count + 3])
  }

  @Test func randomBytesAreRead() {
    var random = PlantedAnswerTests.Random(state: 5)
    for _ in 0..<100 {
      let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      for auditor in Self.auditors {
        let audit = auditor.audit(text)
        #expect(audit.findings.allSatisfy { $0.end <= text.unicodeScalars.count })
      }
    }
  }

  @Test func oneAuditorServesManyThreads() async {
    let auditor = LeakAuditor(gold: "9")
    let expected = auditor.audit("16 - 7 = 9")
    await withTaskGroup(of: LeakAudit.self) { group in
      for _ in 0..<64 { group.addTask { auditor.audit("16 - 7 = 9") } }
      for await audit in group { #expect(audit == expected) }
    }
  }
}
