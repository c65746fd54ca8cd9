import Foundation
import TandemPrompts
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

/// `tandem audit RUN --probe DIR`, with a real tokenizer and a model of random weights.
@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct AuditProbeTests {
  private let folder: WorkFolder
  private let run: String
  private let model = SharedData.path + "/fixtures/engine/qwen2-tied-f32/model"

  init() throws {
    folder = try WorkFolder()
    run = try HintedRun.make(in: folder, problems: 6, parts: 2)
  }

  private func audit(_ options: String...) throws -> String {
    try Tool.output(["audit", run, "--probe", model, "--fail-on", "none"] + options)
  }

  @Test func probabilitiesAreThoseThatScoreGives() throws {
    let rows = try Tool.rows(of: try audit("--json"))
    #expect(rows.count == 5)
    let probed = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["id"] as? String, $0["behavioural"] as? Tool.Row) })
    let scored = try scores()
    for (id, expected) in scored {
      let probe = try #require(probed[id] ?? nil)
      let (with, without) = (
        try #require(probe["p_with"] as? Double), try #require(probe["p_without"] as? Double)
      )
      #expect(abs(log(with) - expected.with) < 1e-3, "\(id)")
      #expect(abs(log(without) - expected.without) < 1e-3, "\(id)")
      #expect(abs(try #require(probe["bits"] as? Double) - log2(with / without)) < 1e-6, "\(id)")
      let verdict = probe["hint_only"] as? String
      #expect(["correct", "incorrect", "no_answer", "ungradable"].contains(verdict), "\(id)")
    }
  }

  @Test func theTableHasALineAndResultsAreKept() throws {
    let first = try audit()
    #expect(first.contains("probe: hints make the answer "))
    #expect(first.contains(" of 5 likelier at all; without the question "))
    #expect(try audit() == first)
    #expect(
      try Tool.run("audit", run, "--probe", model, "--fail-on", "none").errors
        .contains("0 made, 2 up to date"))
    _ = try Tool.output("validate", run)
  }

  @Test func aFileOfHintsCannotBeProbed() throws {
    let result = try Tool.run("audit", "--hints", "x.jsonl", "--probe", model)
    #expect(result.status == 64 && result.errors.contains("--probe needs a run"))
  }

  /// Logarithms of the gold answer's probability with and without each hint, by `tandem score` on prompts written here.
  private func scores() throws -> [(String, (with: Double, without: Double))] {
    var texts: [(id: String, gold: String, prompts: [String])] = []
    let problems = try StageInput("\(run)/problems")
    var number = 0
    for part in 0..<2 {
      var reader = try problems.rows(part, as: Problem.self)
      while let problem = try reader.next() {
        let hint = HintedRun.hint(problem, number)
        number += 1
        guard hint.status != .none else { continue }
        let asked = [
          PromptTemplate.hinted.text(for: problem, hint: hint.text),
          PromptTemplate.cold.text(for: problem),
        ]
        texts.append(
          (hint.id, problem.gold, asked.map { "Question: \($0)\nAnswer: The answer is" }))
      }
    }
    let rows = texts.flatMap { text in
      text.prompts.enumerated().map { index, prompt in
        ["id": "\(text.id)/\(index)", "prompt": prompt, "completion": " " + text.gold]
      }
    }
    let lines = try rows.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
    }
    let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "rows.jsonl")
    let scored = try Tool.rows(of: try Tool.output("score", "--model", model, file))
    let sums = scored.map { ($0["logprobs"] as? [Double] ?? []).reduce(0, +) }
    return texts.indices.map { (texts[$0].id, (sums[2 * $0], sums[2 * $0 + 1])) }
  }
}
