import TandemJSON

@testable import TandemRecords

/// One row of every kind, with every member and with the required ones only.
enum RecordSamples {
  static let full: [any Record] = [
    problem, trace, grade, hint, finding, reward, example, reject,
  ]

  static let minimal: [any Record] = [
    Problem(
      id: "p-1", dataset: "d", split: "test", question: "1 + 1?", gold: "2", goldType: .number,
      source: .init(file: "d.jsonl", row: 1)),
    minimalTrace,
    Grade(of: minimalTrace, verdict: .error, extracted: nil, rule: "none", version: 1),
    Hint(
      id: "h-1", problemID: "p-1", student: "b", status: .none, text: "", stepsKept: 0, tokens: 0,
      budget: 10, dropout: .init(mode: .context, p: 0)),
    Finding(hintID: "h-1", problemID: "p-1", severity: .none),
    Reward(
      of: minimalTrace, terms: RewardTerms(), weights: RewardTerms(), preset: .corePaper,
      advantage: 0, group: ""),
    Example(
      id: "e-1", traceID: "t-1", promptIDs: [], completionIDs: [], behaviourMode: .none,
      advantage: 0, weight: 0, round: .rescue, group: "", provenance: JSONObject()),
    Reject(stage: "ingest", file: "d.csv", row: 1, cause: "field", reason: "`gold` is missing"),
  ]

  private static let minimalTrace = Trace(
    id: "t-1", problemID: "p-1", model: "a", round: .cold, sample: 0, text: "", engine: "import")

  private static var problem: Problem {
    Problem(
      id: "p-1", dataset: "d", split: "test", question: "Which is even?", choices: ["1", "2"],
      gold: "B", goldType: .choice, solution: "2 = 2 x 1", level: "1", subject: "Number theory",
      source: .init(file: "d.zip!d.jsonl", row: 7, id: "test/7"))
  }

  private static var trace: Trace {
    var trace = minimalTrace
    trace.prompt = "Which is even?"
    trace.promptIDs = [1, 2]
    trace.text = "Two is \u{1F600}"
    trace.tokenIDs = [3, 0]
    trace.rawLogprobsE4 = [-17, 0]
    trace.samplingLogprobsE4 = [-5, 0]
    trace.finishReason = "stop"
    trace.usage = JSONObject([.init(key: "completion_tokens", value: 2)])
    trace.sampling = JSONObject([
      .init(key: "temperature", value: .number(0.7)), .init(key: "top_p", value: .number(0.9)),
    ])
    trace.seed = 1 << 52
    trace.modelFingerprint = "m"
    trace.adapterFingerprint = "a"
    trace.hintID = "h-1"
    trace.error = "timed out"
    return trace
  }

  private static var grade: Grade {
    Grade(of: trace, verdict: .correct, extracted: "B", rule: "boxed", version: 3)
  }

  private static var hint: Hint {
    var hint = Hint(
      id: "h-1", problemID: "p-1", student: "b", status: .withheld, text: "Try halves.",
      stepsKept: 2, removed: [.init(text: "So B.", reason: "answer statement", span: 12..<17)],
      tokens: 4, tokensEstimated: true, budget: 1536, dropout: .init(mode: .step, p: 0.25))
    hint.teacher = "a"
    hint.teacherTraceID = "t-1"
    hint.teacherScore = 1.25
    hint.reason = "nothing left"
    return hint
  }

  private static var finding: Finding {
    Finding(
      hintID: "h-1", problemID: "p-1", severity: .derivable,
      findings: [.init(start: 0, end: 5, text: "4 / 2", severity: .derivable, rule: "arithmetic")],
      behavioural: .init(bits: 2, pWith: 0.5, pWithout: 0.125))
  }

  private static var reward: Reward {
    Reward(
      of: trace,
      terms: RewardTerms(
        correctness: 1, exploration: 0.5, rescue: 1, traceAccuracy: 0.25, crossModel: 0.125,
        format: 1, length: -0.5),
      weights: RewardTerms(correctness: 1, exploration: 0.5, rescue: 0.25, length: 1),
      preset: .tandem, advantage: 0, group: "p-1/a", zeroReason: .allWrong)
  }

  private static var example: Example {
    Example(
      id: "e-1", traceID: "t-1", promptIDs: [1, 2], completionIDs: [3, 0], lossMask: [1, 0],
      behaviourLogprobsE4: [-17, 0], behaviourMode: .raw, advantage: 1.5, weight: 0.8,
      round: .leap, group: "p-1/a",
      provenance: JSONObject([.init(key: "prompt", value: "cold")]))
  }

  private static var reject: Reject {
    Reject(
      stage: "ingest", file: "d.csv", row: 12, id: "p-9", cause: "near duplicate",
      reason: "is empty", field: "question",
      overlap: .init(otherID: "p-1", share: 0.75, span: 3..<9))
  }
}

extension Record {
  /// The row as a value.
  func json() throws -> JSONValue {
    var writer = JSONWriter()
    write(to: &writer)
    return try JSONValue(parsing: String(decoding: writer.bytes, as: UTF8.self))
  }

  /// Reads a row from a value.
  static func read(_ value: JSONValue) throws -> Self {
    let text = Array(value.json.utf8)
    var parser = try JSONRowParser(columns: columns)
    let padded = text + Array(repeating: 0, count: JSONParser.padding)
    return try padded.span.withUnsafeBytes { bytes in
      var row = try parser.parse(padded: UnsafeRawBufferPointer(rebasing: bytes.prefix(text.count)))
      return try Self(row: &row)
    }
  }
}
