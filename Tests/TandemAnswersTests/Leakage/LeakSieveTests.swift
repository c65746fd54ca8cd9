import Testing

@testable import TandemAnswers
@testable import TandemJSON
@testable import TandemRecords

/// The sieve spares readings and never a finding: with and without it the findings are the same.
@Suite struct LeakSieveTests {
  /// The findings with the sieve, and without it.
  private static func agree(_ auditor: LeakAuditor, _ hint: String) -> Bool {
    [true, false].allSatisfy { derivable in
      auditor.audit(hint, derivable: derivable)
        == auditor.audit(LeakText(hint), derivable: derivable)
    }
  }

  static let rows = (LabelledLeakTests.kinds).flatMap { kind in
    (try? Rows.leakCases("\(kind).jsonl")) ?? []
  }

  @Test func labelledCasesAgree() throws {
    #expect(Self.rows.count > 900)
    for row in Self.rows {
      let auditor = LeakAuditor(
        gold: try row.text("gold"), question: row["question"]?.string,
        choices: row["choices"]?.array?.compactMap(\.string))
      let hint = try row.text("hint")
      #expect(Self.agree(auditor, hint), "\(hint)")
    }
  }

  /// Every gold answer of the cases beside hints that were written for others.
  @Test(arguments: 0..<8) func otherHintsAgree(seed: Int) throws {
    var random = PlantedAnswerTests.Random(state: UInt64(seed) &+ 500)
    let hints = try Self.rows.map { try $0.text("hint") }
    for row in Self.rows where Int.random(in: 0..<8, using: &random) == 0 {
      let auditor = LeakAuditor(gold: try row.text("gold"), question: row["question"]?.string)
      for _ in 0..<12 {
        let hint = (0..<Int.random(in: 1...3, using: &random)).map { _ in
          hints.randomElement(using: &random) ?? ""
        }.joined(separator: Bool.random(using: &random) ? " " : "\n")
        #expect(Self.agree(auditor, hint), "seed \(seed): \(hint)")
      }
    }
  }

  private static let golds = [
    "0", "1", "7", "12", "18", "20", "24", "40", "100", "1,250", "2500", "0.5", "0.25", "1.5", "-3",
    "1/2", "3/8", "25%", "200%", "100%", "2000%", "30%", "500", "3000", "2", "12 apples",
    "twelve apples", "\\$18", "90 minutes", "x = 12",
    "Evelyn", "blue whale", "2^5", "1200000", "123456789012345678901", "0.003", "\\frac{84}{2}",
  ]

  private static let pieces = [
    "1", "2", "5", "0", "12", "18", "24", "25", "250", "1,250", "1{,}250", "1\\,250", "1 250", ".5",
    "0.50", "1.5", "2.5e3", "10^3", "×", "\\times ", "\\cdot", " x ", "one", "two", "three ",
    "five ", "twelve", "twenty", "thirty ", "a ", "per cent", " halves",
    " quarter", "third",
    "-four", "half", " dozen", " hundred", " thousand", " percent", "%", "thirds", "\\frac{", "}{",
    "}", "½", "²", "/", "+", "-", "−", "!", "^", "(", ")", "[", "<<", ">>", "=", "\\overline{3}",
    "0.\\overline{9}", "sqrt", "\\sqrt", " of ", " and ", "sum of ", "twice ", " plus ", " times ",
    " minus ", "apples", " minutes", "Evelyn", "blue", " whale", "'s", "&#49;", "&half;",
    "\u{200B}",
    "\u{A0}", "１２", ",", ".", " ", " ", "\n", "**", "_", "`", "$", "item", "th", ":", "answer is ",
  ]

  @Test(arguments: 0..<40) func randomTextsAgree(seed: Int) {
    var random = PlantedAnswerTests.Random(state: UInt64(seed) &+ 9_000)
    let gold = Self.golds[seed % Self.golds.count]
    let question = Bool.random(using: &random) ? "What percent are 12 of 1,250?" : "How many?"
    let auditor = LeakAuditor(gold: gold, question: question)
    for _ in 0..<150 {
      let hint = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        (Self.pieces.randomElement(using: &random) ?? "")
          + (Int.random(in: 0..<8, using: &random) == 0 ? "\n" : "")
      }.joined()
      #expect(Self.agree(auditor, hint), "seed \(seed): \(gold) in \(hint)")
    }
  }

  /// It would be of no use if it ruled nothing out.
  @Test(arguments: [
    "Think of the eggs, then of the boxes.", "There are 17 boxes and 4 shelves, 17,345 in all.",
    "He walks for three hours, then rests.",
  ]) func plainTextIsRuledOut(text: String) throws {
    let sieve = try #require(LeakSieve([.number(numerator: 12, denominator: 1)]))
    #expect(sieve.parts(Array(text.utf8), derivable: true).isEmpty)
  }

  @Test(arguments: [
    ("3,12", true), ("1,250", false), ("2.50", false), ("12.0", true), ("0.12", true),
    ("5,1,2", true),
    ("312", false), ("1{,}200", true), ("%31%412", true),
    ("0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0", true),
  ]) func groupsOfDigitsMayBeOneNumberOrSeveral(text: String, mayHold: Bool) throws {
    let sieve = try #require(LeakSieve([.number(numerator: 12, denominator: 1)]))
    #expect(sieve.parts(Array(text.utf8), derivable: false).isEmpty != mayHold)
  }

  @Test func arithmeticIsLeftToTheReadersOnlyIfItCounts() throws {
    let sieve = try #require(LeakSieve([.number(numerator: 12, denominator: 1)]))
    let text = Array("16 - 7 = 9, and 9 * 2 = 18".utf8)
    #expect(sieve.parts(text, derivable: true) == [0..<text.count])
    #expect(sieve.parts(text, derivable: false).isEmpty)
  }

  @Test(arguments: [
    ("Nothing.\nHere are 12.\nNothing.", "Here are 12.\n"),
    ("The answer is:\n\n12\nNothing.", "The answer is:\n\n12\n"),
    ("Nothing.\n\\boxed{\n12}", "Nothing.\n\\boxed{\n12}"),
  ]) func onlyLinesThatMatterAreRead(text: String, part: String) throws {
    let sieve = try #require(LeakSieve([.number(numerator: 12, denominator: 1)]))
    let bytes = Array(text.utf8)
    #expect(
      sieve.parts(bytes, derivable: true).map { String(decoding: bytes[$0], as: UTF8.self) } == [
        part
      ])
  }
}
