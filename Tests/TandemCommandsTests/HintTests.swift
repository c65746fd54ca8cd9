import Foundation
import TandemAnswers
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

/// Hints of the published solutions, with the built tool.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct HintTests {
  static let team = RewardTests.team
  static let tokenizer = SharedData.path + "/data/tokenizers/qwen3"

  static func rows<Row: Record>(_ folder: String, as row: Row.Type = Row.self) throws -> [Row] {
    var rows: [Row] = []
    for index in 0..<(try StageInput(folder).manifest.parts.count) {
      var reader = try RowReader<Row>("\(folder)/\(PartName.of(index))")
      while let row = try reader.next() { rows.append(row) }
    }
    return rows
  }

  private static func counts(_ json: String, _ path: String...) throws -> [String: Any] {
    var object = try MainJobTests.json(json)
    for key in path { object = try #require(object[key] as? [String: Any]) }
    return object
  }

  @Test func everyEligibleStudentIsTaughtAndNothingLeaks() throws {
    let folder = try WorkFolder()
    let run = try MainJobTests.run(in: folder, threads: "2")
    let json = try Tool.run(["hint", run, "--json", "--dropout", "0"] + Self.team).output
    // 152 problems that only 175b_finetuning solves, 209 that only 6b_verification does.
    #expect(try Self.counts(json, "students", "6b_verification")["eligible"] as? Int == 152)
    #expect(try Self.counts(json, "students", "175b_finetuning")["eligible"] as? Int == 209)
    #expect(try Self.counts(json, "all")["given"] as? Int == 361)

    let problems = Dictionary(
      uniqueKeysWithValues: try Self.rows(run + "/problems", as: Problem.self).map { ($0.id, $0) })
    let traces = Dictionary(
      uniqueKeysWithValues: try Self.rows(run + "/cold", as: Trace.self).map { ($0.id, $0) })
    var planted = 0
    for hint in try Self.rows(run + "/hints", as: Hint.self) {
      let problem = try #require(problems[hint.problemID])
      let auditor = LeakAuditor(
        gold: problem.gold, type: problem.goldType, question: problem.question)
      #expect(auditor.audit(hint.text).severity.rank > Severity.equivalent.rank, "\(hint.id)")
      let trace = try #require(traces[hint.teacherTraceID ?? ""]).text
      for (number, removal) in hint.removed.enumerated() {
        // What went as the answer's last place is no finding where the question states the value.
        guard removal.reason != "answer: conclusion", removal.reason != "given: result" else {
          continue
        }
        planted += 1
        // `A:` is the data set's own way to say it, which the audit does not know.
        let text = Self.text(trace, without: hint.removed, but: number)
          .replacingOccurrences(of: "\nA: ", with: "\nAnswer: ")
        let severity = auditor.audit(text).severity
        #expect(severity.rank <= Severity.equivalent.rank, "\(hint.id): piece \(number)")
      }
    }
    #expect(planted > 700)
  }

  /// A trace with gaps for every removed piece but one.
  private static func text(_ trace: String, without removed: [Hint.Removal], but kept: Int)
    -> String
  {
    let scalars = Array(trace.unicodeScalars)
    var text = String.UnicodeScalarView()
    var place = 0
    for (number, removal) in removed.enumerated() where number != kept {
      let span = removal.span ?? 0..<0
      text += scalars[place..<span.lowerBound]
      text += "...".unicodeScalars
      place = span.upperBound
    }
    text += scalars[place...]
    return String(text)
  }

  @Test func partsAndThreadsDoNotChangeTheRows() throws {
    let folder = try WorkFolder()
    let one = try MainJobTests.run(in: folder, name: "one", parts: "1", threads: "1")
    let sixteen = try MainJobTests.run(in: folder, name: "sixteen", parts: "16", threads: "2")
    var outputs: [String] = []
    for (run, threads) in [(one, "1"), (one, "2"), (sixteen, "1"), (sixteen, "2")] {
      try? FileManager.default.removeItem(atPath: run + "/hints")
      let arguments = ["hint", run, "--dropout-mode", "step", "--seed", "7", "--json", "--threads"]
      outputs.append(
        try Tool.run(arguments + [threads] + Self.team).output
          + Tool.output("shard", "cat", run + "/hints"))
    }
    #expect(Set(outputs).count == 1 && outputs[0].contains("\"reason\":\"dropout\""))
  }

  @Test func gradingAgainAndTheSameCommandMakeTheSameHints() throws {
    let folder = try WorkFolder()
    let run = try MainJobTests.run(in: folder, threads: "2")
    _ = try Tool.run(["hint", run] + Self.team)
    let before = try FolderContent(of: run)
    let again = try Tool.run(["hint", run, "--dry-run"] + Self.team).output
    #expect(again.contains("6 parts are up to date, 0 would be made"))
    _ = try Tool.output("grade", run, "--lenient", "last-number")
    _ = try Tool.run(["hint", run] + Self.team)
    _ = try Tool.output("grade", run)
    _ = try Tool.run(["hint", run] + Self.team)
    #expect(try FolderContent(of: run).differences(from: before).isEmpty)
    #expect(try Tool.output("validate", run).contains("valid"))
    // Another seed withholds others and changes nothing else.
    _ = try Tool.run(["hint", run, "--seed", "1"] + Self.team)
    let changed = try FolderContent(of: run).differences(from: before)
    #expect(!changed.isEmpty && changed.allSatisfy { $0.hasPrefix("hints/") })
  }

  @Test func aTokenizerMakesTheBudgetExact() throws {
    let folder = try WorkFolder()
    let run = try MainJobTests.run(in: folder, threads: "2")
    let text = try Tool.run(["hint", run] + Self.team).output
    #expect(text.contains("note: tokens are estimated"))
    let estimates = try Self.rows(run + "/hints", as: Hint.self)
    let exact = try Tool.run(
      ["hint", run, "--budget", "60", "--tokenizer", Self.tokenizer] + Self.team)
    #expect(exact.status == 0 && !exact.output.contains("estimated"))
    let rows = try Self.rows(run + "/hints", as: Hint.self)
    #expect(rows.allSatisfy { $0.tokens <= 60 && !$0.tokensEstimated })
    #expect(rows.contains { $0.removed.contains { $0.reason == "budget" } })
    let file = try folder.write(rows[0].text, to: "hint.txt")
    let count = try Tool.output("tokenize", "--tokenizer", Self.tokenizer, "--count", file)
    #expect(count.trimmingCharacters(in: .whitespacesAndNewlines) == String(rows[0].tokens))
    // The estimate errs to the safe side, and not by much.
    _ = try Tool.run(["hint", run, "--tokenizer", Self.tokenizer] + Self.team)
    var ratios: [Double] = []
    for (estimate, row) in zip(estimates, try Self.rows(run + "/hints", as: Hint.self)) {
      #expect(estimate.tokensEstimated && estimate.text == row.text)
      ratios.append(Double(estimate.tokens) / Double(row.tokens))
    }
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    #expect(1.0...1.15 ~= mean && ratios.allSatisfy { 0.8...1.5 ~= $0 })
    let wrong = try Tool.run(["hint", run, "--tokenizer", "x=\(Self.tokenizer)"] + Self.team)
    #expect(wrong.status == 1 && wrong.errors.contains("no model `x`, which --tokenizer names"))
  }

  @Test func showsWhatWasRemovedAndWhy() throws {
    let folder = try WorkFolder()
    let run = try MainJobTests.run(in: folder, threads: "2")
    let text = try Tool.run(["hint", run] + Self.team).output
    #expect(text.contains("student") && text.contains("answer: line"))
    let hint = try #require(
      try Self.rows(run + "/hints", as: Hint.self).first { $0.text.contains("2 + 1 = ...") })
    let shown = try Tool.output("hint", "show", run, hint.id)
    #expect(
      shown.contains(
        """
        trace:
        It takes 2 x 0.5 = <<2*0.5=1.0>>1.0 bolts of white fiber.
        So it takes 2 + 1 = [-<<2+1=3>>3.0-] bolts of blue and white fiber altogether.  <- literal: token
        [-A: 3-]  <- answer: line

        hint:
        It takes 2 x 0.5 = <<2*0.5=1.0>>1.0 bolts of white fiber.
        So it takes 2 + 1 = ... bolts of blue and white fiber altogether.
        """))
    let json = try MainJobTests.json(try Tool.output("hint", "show", run, hint.id, "--json"))
    #expect((json["hint"] as? [String: Any])?["id"] as? String == hint.id)
    let missing = try Tool.run("hint", "show", run, "nothing")
    #expect(missing.status == 1 && missing.errors.contains("has no hint `nothing`"))
  }

  @Test func wrongUsageIsNamed() throws {
    for (arguments, message) in [
      (["--strip", "given"], "--strip must be equivalent or derivable"),
      (["--gap", "9"], "--gap must be"), (["--dropout", "2"], "--dropout must be 0 to 1"),
      (["--budget", "0"], "--budget must be 1 or more"), (["--epoch", "0"], "--epoch"),
      (["--tokenizer", "a", "--tokenizer", "b"], "twice"),
    ] {
      let result = try Tool.run(["hint", "nowhere"] + arguments)
      #expect(result.status == 64 && result.errors.contains(message), "\(arguments)")
    }
    let missing = try Tool.run("hint", "nowhere")
    #expect(missing.status == 1 && missing.errors.contains("nowhere/problems"))
  }
}
