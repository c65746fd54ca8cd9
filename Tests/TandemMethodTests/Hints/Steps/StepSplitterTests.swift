import Testing

@testable import TandemMethod

/// Steps as method.md, section 7, names them: lines, sentences, display math, list items; code blocks whole.
@Suite struct StepSplitterTests {
  static func steps(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return StepSplitter.steps(of: bytes, in: 0..<bytes.count).map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  /// Every text is written with `|` where a step ends.
  static let cases: [String] = [
    "First add. |Then divide.",
    "One line\n|another line\n\n|a paragraph",
    "Is it 5? |Yes! |It is.",
    // What does not end a sentence.
    "It costs 3.5 dollars. |So we pay 7.0 in all.",
    "Take some fruit, e.g. apples or pears. |Eat them.",
    "The rest, i.e. 4 eggs, is sold. |Done.",
    "Mr. Smith pays Mrs. Brown. |She is glad.",
    "It is approx. 5 km vs. 6 km. |Fine.",
    "See Fig. 3 and Eq. (4). |Then add.",
    "He is 5 ft. 3 in. tall. |She is not.",
    "Hmm... Let me think... 5 is too small. |So 6.",
    "Wait... |\nNo.",
    "There are 5! = 120 orders. |We count all.",
    "He said \"Stop.\" |Then he left.",
    "We have (He has 3. Then 4.) all we need. |Good.",
    "(He has 3. Then 4.) |Good.",
    "The year 2020. |Next",
    "at 5 p.m. they met. |At 6 they left.",
    "U.S. cars are sold. |Others too.",
    "It is $3.50. |That is all.",
    "Version 1.12.3 is out. |Install it.",
    // Labels stay with what they name.
    "1. Add the eggs. |2. Then divide.",
    "1. Add the eggs.\n|2. Divide.\n|- a bullet\n|* another one",
    "Step 1. Add them. |Step 2. Divide.",
    "**Step 1: Find it.** |Then 3 + 4 = 7.",
    // Formulas are never cut.
    "So $x = 3. 5$ holds. |Next.",
    "We get $x = 3.$ |Then $y = 4.$ |Done.",
    "We get \\(a. B\\) here. |Next.",
    "\\[x = 3\\]\n|Then add.",
    "$$x = 3.\n\ny = 4$$\n|Then add.",
    "Thus \\[x = 3.\\] |Then add.",
    "Thus \\[x = 3.\\]|Then add.",
    "\\begin{align*}\nx &= 3. \\\\\ny &= 4\n\\end{align*}\n|So it is.",
    "Then $$x = 4$$ follows. |Next.",
    "He has \\$5. |She has \\$6.",
    "It costs $5. |Then $6. |And $7 more.",
    // Code is one step.
    "Run this:\n|```python\nx = 3. \nprint(x)\n\ny = 4\n```\n|It prints.",
    "~~~\na. B\n~~~",
    "Call `f(x. Y)` now. |Next.",
    "[asy]\ndraw(A. B);\n\ndot(C);\n[/asy]\n|So it is.",
    // Other scripts and line ends.
    "首先相加。|然后相除！|好。",
    "One.\r\n|Two.\r\n",
    "Tabs\there. |Next.",
    "No end",
    "",
    "   \n \t \n",
  ]

  @Test(arguments: cases) func cutsWhereAStepEnds(_ marked: String) {
    let text = marked.filter { $0 != "|" }
    let expected = marked.split(separator: "|").map { piece in
      String(String.UnicodeScalarView(piece.unicodeScalars.trimmed))
    }.filter { !$0.isEmpty }
    #expect(Self.steps(text) == expected)
  }

  @Test func knowsTheKinds() {
    let text = "## Sum\nAdd 3 and 4.\n\\[3 + 4\\]\n```\n7\n```\n**Then:**\n**Bold** start."
    let bytes = Array(text.utf8)
    let kinds = StepSplitter.steps(of: bytes, in: 0..<bytes.count).map(\.kind)
    #expect(kinds == [.heading, .prose, .display, .code, .heading, .prose])
  }

  /// Random pieces of everything that means something to the splitter.
  static func randomText(_ random: inout some RandomNumberGenerator, pieces count: Int) -> String {
    let pieces = [
      " ", " ", "\n", "\n\n", ". ", ".", "!", "? ", "a", "Then", "3", "3.5", "e.g. ", "$", "$$",
      "\\(", "\\)", "\\[", "\\]", "(", ")", "{", "}", "**", "`", "```", "\n```\n", "\\begin{align}",
      "\\end{align}", "- ", "1. ", "# ", "é", "😀", "。", "<<3+4=7>>", "\\boxed{", "=", "\r\n", "\\",
      "<think>", "</think>", "[asy]", "[/asy]", "A: 9", "#### 9", "the answer is ",
    ]
    return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  @Test(arguments: 0..<300) func losesNothing(seed: Int) {
    var random = SeededGenerator(seed)
    let bytes = Array(Self.randomText(&random, pieces: 60).utf8)
    let steps = StepSplitter.steps(of: bytes, in: 0..<bytes.count)
    var end = 0
    var joined: [UInt8] = []
    for step in steps {
      #expect(step.range.lowerBound >= end && !step.range.isEmpty, "seed \(seed)")
      let between = bytes[end..<step.range.lowerBound]
      #expect(between.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }, "seed \(seed)")
      joined += between + bytes[step.range]
      end = step.range.upperBound
    }
    joined += bytes[end...]
    #expect(joined == bytes, "seed \(seed)")
    #expect(
      bytes[end...].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }, "seed \(seed)")
  }
}

extension String.UnicodeScalarView.SubSequence {
  fileprivate var trimmed: Self {
    var rest = self
    let blanks: Set<Unicode.Scalar> = [" ", "\n", "\r", "\t"]
    while let first = rest.first, blanks.contains(first) { rest.removeFirst() }
    while let last = rest.last, blanks.contains(last) { rest.removeLast() }
    return rest
  }
}
