import Testing

@testable import TandemAnswers

@Suite struct QuotientTests {
  private func form(_ text: String) throws -> Quotient {
    let bytes = Array(text.utf8)
    let tree = try Parser.parse(bytes, 0..<bytes.count)
    var budget = Budget()
    return try NormalForm(tree: tree).quotient(tree.root, &budget)
  }

  @Test(arguments: [
    ("(x+1)^5", "x^5+5x^4+10x^3+10x^2+5x+1"), ("\\frac{x^2-1}{x-1}", "x+1"),
    ("\\frac{1}{\\sqrt{2}+1}", "\\sqrt{2}-1"), ("\\sqrt{8}+\\sqrt{2}", "3\\sqrt{2}"),
    ("(1+i)^8", "16"), ("\\sqrt[3]{2}\\cdot\\sqrt{2}", "2^{5/6}"), ("\\sqrt[3]{-8}", "-2"),
    ("\\frac{1}{1+\\sqrt{2}+\\sqrt{3}}", "\\frac{2+\\sqrt{2}-\\sqrt{6}}{4}"),
    ("\\frac{1}{x}+\\frac{1}{y}", "\\frac{x+y}{xy}"), ("\\sqrt{-12}", "2i\\sqrt{3}"),
    ("e^{1/2} \\cdot e^{1/2}", "e"), ("\\frac{\\pi^2}{\\pi}", "\\pi"),
  ])
  func knowsIdentities(_ a: String, _ b: String) throws {
    var budget = Budget()
    #expect(try Quotient.areEqual(form(a), form(b), &budget))
    #expect(try !Quotient.areEqual(form(a), form("(\(b))+1"), &budget))
  }

  @Test(arguments: [
    "\\frac{1}{0}", "\\frac{1}{\\sqrt{2}-\\sqrt{2}}", "0^0", "0^{-1}", "\\frac{x}{x-x}",
  ])
  func refusesTheUndefined(_ text: String) {
    #expect(throws: Obstacle.self) { try form(text) }
  }
}
