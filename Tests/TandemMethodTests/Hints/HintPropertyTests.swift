import TandemAnswers
import TandemRecords
import Testing

@testable import TandemMethod

/// What holds for the hint of any trace.
@Suite struct HintPropertyTests {
  /// Gold answers with spellings of each.
  private static let answers: [(gold: String, spellings: [String])] = [
    (
      "18",
      [
        "18", "18.0", "eighteen", "EIGHTEEN", "$18$", "**18**", "\\(18\\)", "\\frac{36}{2}",
        "$18.00",
        "18 eggs", "<<9*2=18>>18", "= <<9*2=18.0>>18.0", "`18`", "\\text{18}", "１８", "(18)",
        "x = 18",
        "\"18\"", "{18}", "$x=18$", "\\[18\\]", "$$18$$", "18\n18", "18, 18 and 18",
      ]
    ),
    (
      "1,234",
      [
        "1234", "1,234", "1{,}234", "1\\,234", "one thousand two hundred thirty-four", "$1,234",
        "1234.0",
      ]
    ),
    (
      "\\frac{1}{2}",
      ["1/2", "0.5", "\\frac12", "$\\dfrac{1}{2}$", "one half", "50\\%", "½", "2/4", ".5"]
    ),
    ("(2, -3)", ["(2, -3)", "(2,-3)", "\\left(2, -3\\right)", "$(2,-3)$", "x = 2 and y = -3"]),
    ("3\\sqrt{2}", ["3\\sqrt{2}", "$3\\sqrt 2$", "3√2", "\\sqrt{18}"]),
    ("yes", ["yes", "Yes", "**YES**"]),
    ("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", ["\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}"]),
  ]

  private static let frames = [
    "We get @. ", "So 9 + 9 = @.\n", "\\boxed{@}", "#### @\n", "A: @\n", "The answer is @.\n",
    "<answer>@</answer>", "Therefore, $y = @$.\n", "\\[z = @\\]\n", "- @\n", "## @\n",
    "```\nprint(@)\n```\n", "(see @) ", "@", "Add 3 and 4 to it. ", "First, look at the fence.\n",
    "<think>@</think>", "Is it @? ", "\\begin{align*}\nx &= 3 \\\\\n&= @\n\\end{align*}\n",
    "~~@~~ ",
    "because @ is @, ", "Final Answer:\n@\n", "It is not @, but 7.\n",
  ]

  struct Sample {
    var problem: Problem
    var trace: String
    var rule: HintRule
  }

  static func sample(_ seed: Int) -> Sample {
    var random = SeededGenerator(seed)
    let answer = answers.randomElement(using: &random) ?? answers[0]
    var trace = ""
    for _ in 0..<Int.random(in: 1...14, using: &random) {
      if Int.random(in: 0..<4, using: &random) == 0 {
        trace += StepSplitterTests.randomText(
          &random, pieces: Int.random(in: 1...8, using: &random))
      }
      let frame = frames.randomElement(using: &random) ?? "@"
      for character in frame {
        trace +=
          character == "@"
          ? answer.spellings.randomElement(using: &random) ?? "" : String(character)
      }
    }
    var problem = HintMakerTests.problem(answer.gold, question: "What comes out at last?")
    problem.goldType = .expression
    var rule = HintRule()
    rule.removal = Bool.random(using: &random) ? .value : .step
    rule.strips = Int.random(in: 0..<3, using: &random) == 0 ? .derivable : .equivalent
    rule.gap = ["...", "▢", "____"].randomElement(using: &random) ?? "..."
    rule.budget = Int.random(in: 0..<3, using: &random) == 0 ? 12 : 1536
    let mode = Int.random(in: 0..<3, using: &random)
    rule.dropout = mode == 0 ? .init(mode: .step, p: 0.3) : .init(mode: .context, p: 0)
    return Sample(problem: problem, trace: trace, rule: rule)
  }

  @Test(arguments: 0..<12) func theTextOfAHintAuditsClean(block: Int) {
    for seed in (block * 100)..<(block * 100 + 100) {
      let sample = Self.sample(seed)
      let hint = HintMakerTests.hint(sample.trace, sample.problem, rule: sample.rule)
      let auditor = LeakAuditor(
        gold: sample.problem.gold, type: sample.problem.goldType, question: sample.problem.question)
      let severity = auditor.audit(hint.text).severity
      #expect(severity.rank > sample.rule.strips.rank, "seed \(seed)")
      #expect((hint.status == .none) == hint.text.isEmpty, "seed \(seed)")
      #expect((hint.status == .none) == (hint.reason != nil), "seed \(seed)")
    }
  }

  /// A hint is its trace without the pieces that it names, and nothing besides.
  @Test(arguments: 0..<12) func whatIsNotRemovedIsTheHint(block: Int) {
    for seed in (block * 100)..<(block * 100 + 100) {
      var sample = Self.sample(seed)
      sample.rule.gap = "▢"
      let hint = HintMakerTests.hint(sample.trace, sample.problem, rule: sample.rule)
      let scalars = Array(sample.trace.unicodeScalars)
      var rest = String.UnicodeScalarView()
      var place = 0
      for removal in hint.removed {
        let span = removal.span ?? 0..<0
        #expect(span.lowerBound >= place && !span.isEmpty, "seed \(seed)")
        #expect(removal.text.unicodeScalars.elementsEqual(scalars[span]), "seed \(seed)")
        rest += scalars[place..<max(place, span.lowerBound)]
        place = span.upperBound
      }
      rest += scalars[place...]
      func solid(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { ![" ", "\n", "\r", "\t", "▢"].contains($0) }
      }
      #expect(solid(String(rest)) == solid(hint.text), "seed \(seed)")
    }
  }

  @Test func theSameSeedGivesTheSameHint() {
    for seed in 0..<100 {
      let sample = Self.sample(seed)
      let hints = (0..<2).map { _ in
        HintMakerTests.hint(sample.trace, sample.problem, rule: sample.rule)
      }
      #expect(hints[0] == hints[1], "seed \(seed)")
    }
  }

  /// A hint of a hint is the hint: nothing in it has to go.
  @Test func hintsAreTheirOwnHints() {
    for seed in 0..<400 {
      var sample = Self.sample(seed)
      sample.rule.dropout = .init(mode: .context, p: 0)
      sample.rule.strips = .equivalent
      let hint = HintMakerTests.hint(sample.trace, sample.problem, rule: sample.rule)
      guard hint.status != .none else { continue }
      let again = HintMakerTests.hint(hint.text, sample.problem, rule: sample.rule)
      let auditor = LeakAuditor(gold: sample.problem.gold, type: .expression)
      #expect(auditor.audit(again.text).severity.rank > Severity.equivalent.rank, "seed \(seed)")
      #expect(again.text.utf8.count <= hint.text.utf8.count, "seed \(seed)")
    }
  }
}
