import Testing

@testable import TandemAnswers
@testable import TandemRecords

/// Every input ends in a verdict: no trap, no hang.
@Suite struct HostileInputTests {
  private static func nested(_ open: String, _ inner: String, _ close: String, _ count: Int)
    -> String
  {
    String(repeating: open, count: count) + inner + String(repeating: close, count: count)
  }

  private static let expressions: [String] = [
    "9^{9^{9^9}}", "9^9^9^9^9^9", "(9^9)^9^9", "10^{1000000000}", "1e999999999", "1e-999999999",
    "0.5^{1000000000000}", "99999!", "3000!", "((3000!)!)!", "\\binom{99999}{5000}",
    "\\binom{3000}{1500}", "2^{20000} - 1", "(x+1)^{1000}", "(x+y+z+w)^{100}", "(x+1)^{100000}",
    "x^{999999999999}", "\\sqrt[1000000007]{2}", "\\sqrt[3]{(10^{100}+1)}", "2^{1/999983}",
    "\\frac{1}{0}", "0^0", "0^{-1}", "\\frac{0}{0}", "\\ln 0", "\\sqrt{-1}^{99999}", "i^{10^{18}}",
    "\\gcd(10^{300},6^{200})", "9223372036854775807", "-9223372036854775808",
    "-9223372036854775809",
    "9223372036854775807 + 1", "-9223372036854775808 \\cdot -1", "(-9223372036854775808)/(-1)",
    "x_{999999999999999999999}", "1_{99}", "9_8", "\\pm\\pm\\pm 5", "1:2:3:4:5", "99:99 PM",
    "\\frac", "\\frac{1}", "\\frac{", "\\sqrt", "\\sqrt[", "^", "_", "\\", "\\\\", "{", "}", "$",
    "%",
    "\\begin{pmatrix}", "\\end{pmatrix}", "\\begin{pmatrix} & & \\\\ \\end{pmatrix}", "\\text{",
    "\\text", "\\boxed{}", "(,)", "(", ")", "[[],[]]", "\\{", "|", "||", "|||x|||", "&", "#", "@",
    "1,,2", "1 2 3 4", "..", "...", "1...2", "1.2.3", "1e", "1e+", "--5", "5!!!!!!!", "\\log_{1} 5",
    "\\log_{0} 5", "\\tan 90^\\circ", "\\arcsin 2", "\\lfloor x \\rfloor", "0x1F", "NaN", "inf",
    "-inf",
    "\u{0}", "\u{FEFF}5", "٣", "５", "𝟓", "½½", "x²³⁴⁵⁶⁷⁸⁹⁹⁹⁹⁹⁹⁹⁹⁹", "\\left", "\\right)", "a_b_c_d",
    "'",
    "\\infty - \\infty", "(\\infty, -\\infty)", "[1, 0]", "x < x", "x = x = x", "1 < 2 < 3 < 4",
  ]

  private static let golds = [
    "5", "\\frac{1}{2}", "x^2+1", "(1,2)", "[0,1)", "1, 2", "\\sqrt{2}", "9^{9^{9^9}}", "\\text{C}",
    "25\\%", "x = 5", "\\sin x", "y \\ge 2", "2516_8", "\\begin{pmatrix} 1 & 2 \\end{pmatrix}", "",
  ]

  @Test func everyExpressionEnds() {
    let grader = Grader()
    for (index, text) in Self.expressions.enumerated() {
      for gold in [text, Self.golds[index % Self.golds.count], "x^2+1"] {
        let key = AnswerKey(gold: gold, question: "To the nearest hundredth, what percent?")
        _ = grader.grade(answer: text, key: key)
        _ = grader.grade(trace: "The answer is \(text).", key: key)
      }
      _ = AnswerKey(gold: text).selfCheck
    }
  }

  @Test func namesTheLimit() {
    let grader = Grader()
    let key = AnswerKey(gold: "5")
    let cases = [
      (String(repeating: "7", count: 5_000), "limit-length"),
      (Self.nested("(", "5", ")", 500), "limit-depth"),
      (Self.nested("\\frac{1}{", "5", "}", 300), "limit-depth"),
      ("9^{99999}", "limit-digits"), ("99999!", "limit-factorial"),
      ("(x+y+z+w+v)^{60}", "limit-terms"), ("x^{99999}", "limit-degree"),
    ]
    for (text, rule) in cases {
      let grading = grader.grade(answer: text, key: key)
      #expect(grading.verdict == .ungradable, "\(rule)")
      #expect(grading.rule == rule)
    }
  }

  @Test func keepsTowersAsTheyAre() {
    let key = AnswerKey(gold: "9^{9^{9^9}}")
    #expect(Grader().grade(answer: "9^{9^{9^{9}}}", key: key).verdict == .correct)
    #expect(Grader().grade(answer: "9^{9^{9^8}}", key: key).verdict == .ungradable)
  }

  @Test func tenMegabytesOfOpenBracesEnd() {
    let trace = String(repeating: "{", count: 10_000_000)
    #expect(Grader().grade(trace: trace, key: AnswerKey(gold: "5")).verdict == .noAnswer)
  }

  /// A quarter of a megabyte of one pattern each; anything but linear time would be felt.
  @Test(arguments: [
    "{", "}", "\\boxed{", "\\boxed{}", "\\boxed 6 ", "$", "answer is ", "ANSWER:",
    "<answer>", "####", "#### \n", "(A) ", "</think>", "\\", "answer: \n", "A", "the answer to ",
  ])
  func longTracesTakeLinearTime(_ pattern: String) {
    let trace = String(repeating: pattern, count: 250_000 / pattern.utf8.count)
    for gold in ["5", "C"] {
      #expect(Grader().grade(trace: trace, key: AnswerKey(gold: gold)).verdict != .correct)
    }
  }

  /// Random pieces of LaTeX and random bytes, from a seed.
  @Test(arguments: 0..<8)
  func randomTextEnds(_ seed: Int) {
    var random = PhiloxSequence(seed: seed)
    let pieces = [
      "\\frac", "{", "}", "1", "23", "x", "+", "-", "^", "_", "(", ")", "[", "]", ",", "\\sqrt",
      "\\pi",
      "\\text{", "cm", " ", "=", "<", "\\le", "\\cup", "\\in", "\\pm", "!", "%", "^\\circ", "\\$",
      "$",
      "\\begin{pmatrix}", "\\end{pmatrix}", "&", "\\\\", ".", "/", ":", "and", "or", "\\sin",
      "\\log_",
      "|", "\\{", "\\}", "\\infty", "i", "e", "0.5", "1,000", "²", "½", "√", "≤", "é", "\u{1F600}",
    ]
    let grader = Grader()
    for round in 0..<100 {
      var text = ""
      if round % 3 == 0 {
        let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        text = String(decoding: bytes, as: UTF8.self)
      } else {
        for _ in 0..<Int.random(in: 0..<24, using: &random) {
          text += pieces.randomElement(using: &random) ?? ""
        }
      }
      let key = AnswerKey(gold: text, question: text)
      let own = grader.grade(answer: text, key: key)
      #expect(
        own.verdict != .incorrect || key.selfCheck == .empty,
        "seed \(seed) round \(round): \(text)")
      let gold = Self.golds.randomElement(using: &random) ?? "5"
      _ = grader.grade(answer: text, key: AnswerKey(gold: gold))
      _ = grader.grade(trace: "\\boxed{" + text, key: AnswerKey(gold: gold))
      _ = grader.grade(trace: text, key: key)
    }
  }
}
