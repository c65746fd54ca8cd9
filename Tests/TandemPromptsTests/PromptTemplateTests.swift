import TandemPrompts
import TandemRecords
import Testing

@Suite struct PromptTemplateTests {
  private static func problem(_ question: String, choices: [String]? = nil) -> Problem {
    Problem(
      id: "p", dataset: "d", split: "test", question: question, choices: choices, gold: "B",
      goldType: .text, source: .init(file: "d.jsonl", row: 1))
  }

  @Test func theQuestionThenTheRequest() {
    let text = PromptTemplate.standard.text(of: Self.problem("What is 6 times 7?"))
    #expect(text.hasPrefix("What is 6 times 7?\n\n"))
    #expect(text.hasSuffix("End with the final answer in \\boxed{}."))
    #expect(!text.contains("Hint"))
    #expect(
      PromptTemplate.standard.text(of: Self.problem("Q"), hint: "")
        == PromptTemplate.standard.text(of: Self.problem("Q")))
  }

  @Test func optionsFollowTheQuestion() {
    let text = PromptTemplate.standard.text(of: Self.problem("Which?", choices: ["one", "two"]))
    #expect(text.hasPrefix("Which?\n(A) one\n(B) two\n\n"))
    #expect(text.hasSuffix("the letter of the right option in \\boxed{}."))
    let many = PromptTemplate.standard.text(
      of: Self.problem("Which?", choices: (1...28).map(String.init)))
    #expect(many.contains("\n(Z) 26\n(AA) 27\n(AB) 28\n"))
  }

  @Test func optionsHaveAPlaceOfTheirOwn() throws {
    let template = try #require(
      PromptTemplate(cold: "{choices}\n{question}", hinted: "{question}{hint}"))
    let problem = Self.problem("Which?", choices: ["one", "two"])
    #expect(template.text(of: problem) == "(A) one\n(B) two\nWhich?")
    #expect(template.text(of: problem, hint: "|") == "Which?\n(A) one\n(B) two|")
  }

  @Test func theHintStandsUnderItsHeading() {
    let text = PromptTemplate.standard.text(of: Self.problem("Q?"), hint: "6 * 7 = ...")
    #expect(text.hasPrefix("Q?\n\n## Hint\n6 * 7 = ...\n\n"))
  }

  @Test func whatIsFilledInIsNotSearched() throws {
    let template = try #require(PromptTemplate(cold: "{question}", hinted: "{question}|{hint}"))
    let problem = Self.problem("{hint} {answer} {{question}}")
    #expect(template.text(of: problem) == "{hint} {answer} {{question}}")
    #expect(
      template.text(of: problem, hint: "{question}") == "{hint} {answer} {{question}}|{question}")
    let braces = try #require(PromptTemplate(cold: "{{question}} {x}", hinted: "{question}{hint}"))
    #expect(braces.text(of: Self.problem("Q")) == "{Q} {x}")
  }

  @Test func placesAreRequired() {
    #expect(PromptTemplate(cold: "solve", hinted: "{question} {hint}") == nil)
    #expect(PromptTemplate(cold: "{question}", hinted: "{question}") == nil)
    #expect(PromptTemplate(cold: "{question}", hinted: "{hint}") == nil)
    #expect(
      PromptTemplate(
        cold: "Problem: {question} Solution:", hinted: "Problem: {question} Hint: {hint} Solution:")
        != nil)
  }
}
