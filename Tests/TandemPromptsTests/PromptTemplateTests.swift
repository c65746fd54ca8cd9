import TandemPrompts
import TandemRecords
import Testing

@Suite struct PromptTemplateTests {
  private func problem(_ question: String, choices: [String]? = nil) -> Problem {
    Problem(
      id: "p", dataset: "d", split: "s", question: question, choices: choices, gold: "A",
      goldType: .text, source: .init(file: "f", row: 1))
  }

  @Test func theColdPromptAsksForABox() {
    let text = PromptTemplate.cold.text(for: problem("What is 1 + 1?"))
    #expect(text.hasPrefix("What is 1 + 1?\n\nReason in small steps"))
    #expect(text.hasSuffix("as \\boxed{answer}."))
  }

  @Test func choicesFollowTheQuestion() {
    let text = PromptTemplate.cold.text(for: problem("Which?", choices: ["x", "y z"]))
    #expect(text.hasPrefix("Which?\n(A) x\n(B) y z\n\nReason"))
    #expect(text.hasSuffix("as \\boxed{letter}."))
  }

  @Test func theHintStandsUnderItsHeading() {
    let text = PromptTemplate.hinted.text(for: problem("Q"), hint: "Add first.")
    #expect(text.hasPrefix("Q\n\n### Hint\n"))
    #expect(text.contains("\nAdd first.\n\n### Task\nReason"))
  }

  @Test func whatIsFilledInIsNotSearched() throws {
    let template = try PromptTemplate(hinted: "{question}|{hint}|{answer}|{x}|{", from: "t")
    let text = template.text(for: problem("{hint} {question}"), hint: "{answer} \\frac{1}{2}")
    #expect(text == "{hint} {question}|{answer} \\frac{1}{2}|\\boxed{answer}|{x}|{")
  }

  @Test func choicesWithoutAPlaceStayWithTheQuestion() throws {
    let template = try PromptTemplate(cold: "Problem: {question} Solution:", from: "t")
    #expect(template.text(for: problem("Q")) == "Problem: Q Solution:")
    #expect(
      template.text(for: problem("Q", choices: ["x", "y"])) == "Problem: Q\n(A) x\n(B) y Solution:")
  }

  @Test func manyChoicesHaveLetters() throws {
    let template = try PromptTemplate(cold: "{question}{choices}", from: "t")
    let text = template.text(for: problem("", choices: (0..<28).map { "\($0)" }))
    #expect(text.contains("(Z) 25\n(AA) 26\n(AB) 27\n"))
  }

  @Test func aTemplateNeedsItsPlaces() {
    for (make, words) in [
      ({ try PromptTemplate(cold: "no place", from: "f.txt") }, "f.txt: has no {question}"),
      ({ try PromptTemplate(cold: "{question}{hint}", from: "f.txt") }, "f.txt: has {hint}"),
      ({ try PromptTemplate(hinted: "{question}", from: "f.txt") }, "f.txt: has no {hint}"),
    ] as [(() throws -> PromptTemplate, String)] {
      #expect {
        try make()
      } throws: {
        "\($0)".hasPrefix(words)
      }
    }
  }
}
