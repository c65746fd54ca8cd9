import Foundation
import TandemMethod
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

@testable import TandemStages

/// What is drawn depends on the seed and the trace alone.
@Suite struct PackDrawsTests {
  private static let count = 500

  /// Every problem: `a` fails once and is rescued with a hint, `b` is right.
  private static func run(_ path: String, parts: Int) throws -> HandMadeRun {
    let made = try HandMadeRun(path, problems: count, parts: parts)
    func trace(_ problem: Problem, _ model: String, _ round: Round, _ text: String) -> Trace {
      var trace = HandMadeRun.trace(problem, model, round, 0, text)
      (trace.promptIDs, trace.tokenIDs) = (round == .cold ? [1] : [1, 9], [2])
      if round == .rescue { trace.hintID = "\(problem.id)-hint" }
      return trace
    }
    try made.writeTraces(
      made.problems.flatMap {
        [trace($0, "a", .cold, "?"), trace($0, "b", .cold, "\\boxed{\($0.gold)}")]
      })
    try made.writeHints(made.problems.map { HandMadeRun.hint($0, for: "a") }, team: ["a", "b"])
    try made.writeTraces(
      made.problems.map { trace($0, "a", .rescue, "\\boxed{\($0.gold)}") }, .rescue)
    try made.grade(.cold, .rescue)
    try made.reward(models: ["a", "b"])
    return made
  }

  private static func moved(_ made: HandMadeRun, _ share: Double?, seed: Int = 0, threads: Int = 2)
    throws -> Set<String>
  {
    var options = PackOptions()
    options.distilHints = share
    options.seed = seed
    let stage = PackStage(run: made.run, model: "a", format: nil, options: options)
    _ = try stage(context: StageContext(threads: threads))
    let rows: [Example] = try made.rows(of: made.run.examples("a"))
    #expect(rows.count == 2 * count)
    for row in rows where row.round == .rescue {
      #expect(row.promptIDs == (row.behaviourMode == .offPrompt ? [1] : [1, 9]))
    }
    return Set(rows.filter { $0.behaviourMode == .offPrompt }.map(\.traceID))
  }

  @Test func theShareIsMetWhateverThePartsAndThreads() throws {
    let folder = try WorkFolder()
    let one = try Self.run(folder.path("one"), parts: 1)
    let seven = try Self.run(folder.path("seven"), parts: 7)
    for share in [0, 0.3, 0.5, 1] {
      let moved = try Self.moved(one, share)
      // Five standard deviations of a binomial count.
      let spread = 5 * (Double(Self.count) * share * (1 - share)).squareRoot()
      #expect(abs(Double(moved.count) - Double(Self.count) * share) <= spread, "\(share)")
      #expect(try Self.moved(seven, share) == moved, "\(share)")
    }
    let half = try Self.moved(one, 0.5)
    #expect(try Self.moved(one, nil) == half)
    #expect(try Self.moved(one, 0.5, seed: 1) != half)
    // Draws are compared with the share, so that a larger share moves these and more.
    #expect(try Self.moved(one, 0.3).isSubset(of: half))
  }

  @Test func threadsAndInterruptionsDoNotChangeAByte() throws {
    let folder = try WorkFolder()
    let made = try Self.run(folder.path("run"), parts: 7)
    _ = try Self.moved(made, 0.5, threads: 1)
    let content = try FolderContent(of: made.run.examples("a"))
    // As a kill leaves it: some parts whole, no manifest.
    for name in ["manifest.json", "part-00002.jsonl.zst", "part-00006.jsonl.zst"] {
      try FileManager.default.removeItem(atPath: made.run.examples("a") + "/" + name)
    }
    let stage = PackStage(
      run: made.run, model: "a", format: nil,
      options: {
        var options = PackOptions()
        options.distilHints = 0.5
        return options
      }())
    #expect(try stage.preview(context: HandMadeRun.context).toMake == 2)
    let outcome = try stage(context: StageContext(threads: 3))
    #expect(outcome.made == 2 && outcome.tally.examples == 2 * Self.count)
    #expect(try FolderContent(of: made.run.examples("a")) == content)
    #expect(try stage(context: HandMadeRun.context).made == 0)
  }

  @Test func ofManyCorrectTracesSomeAreChosen() throws {
    let folder = try WorkFolder()
    let made = try HandMadeRun(folder.path("run"), problems: 40)
    try made.writeTraces(
      made.problems.flatMap { problem in
        (0..<6).map { sample in
          // Samples 0 to 3 are the same text; 5 is wrong.
          let text = "\(sample < 4 ? "" : "so ")\\boxed{\(sample == 5 ? "1" : problem.gold)}"
          var trace = HandMadeRun.trace(problem, "a", .cold, sample, text)
          (trace.promptIDs, trace.tokenIDs) = ([1], [2, Int32(sample)])
          return trace
        }
      })
    try made.grade(.cold)
    func chosen(_ most: Int?, seed: Int = 0) throws -> [[Int]] {
      var options = PackOptions()
      options.purpose = .sft
      options.maxPerProblem = most
      options.seed = seed
      let stage = PackStage(run: made.run, model: "a", format: nil, options: options)
      let tally = try stage(context: HandMadeRun.context).tally
      let kept = 40 * min(most ?? 5, 5)
      #expect(tally.examples == kept && tally.omitted[.surplus] ?? 0 == 200 - kept)
      #expect(tally.omitted[.notCorrect] == 40)
      let rows: [Example] = try made.rows(of: made.run.examples("a"))
      return made.problems.map { problem in
        rows.filter { $0.group == "\(problem.id)/a" }.map { Int($0.completionIDs[1]) }
      }
    }
    #expect(try chosen(nil).allSatisfy { $0 == [0, 1, 2, 3, 4] })
    #expect(try chosen(9).allSatisfy { $0 == [0, 1, 2, 3, 4] })
    let two = try chosen(2)
    // Both texts, in the order of the traces, and not always the same sample of the repeated one.
    #expect(two.allSatisfy { $0.count == 2 && $0[0] < 4 && $0[1] == 4 })
    #expect(Set(two.map { $0[0] }) == [0, 1, 2, 3])
    #expect(try chosen(2) == two)
    #expect(try chosen(2, seed: 1) != two)
    #expect(try chosen(3).allSatisfy { $0.contains(4) && Set($0).count == 3 })
    #expect(Set(try chosen(1).map { $0[0] }).count > 1)
  }
}
