import Foundation
import TandemTestSupport
import Testing

/// Traces of every tool that a mapping is known for become `cold/`, beside their problems.
@Suite struct MappingsTests {
  let folder: WorkFolder
  let run: String
  let ids: [String]

  init() throws {
    folder = try WorkFolder()
    run = folder.path("run")
    let problems = try folder.write(SmallRun.problems(6), to: "problems.jsonl")
    try SmallRun.ingest(problems, into: run, "--parts", "2")
    ids = try Tool.column("id", in: run + "/problems")
  }

  func write(_ rows: [Tool.Row], to name: String) throws -> String {
    try folder.write(rows.map(SmallRun.line).joined(), to: name)
  }

  /// The traces as problem number, model, sample and text.
  func cold() throws -> [String] {
    try Tool.rows(in: run + "/cold").map { row in
      let number = ids.firstIndex { $0 == row["problem_id"] as? String } ?? -1
      let sample = row["sample"] as? Int ?? -1
      return "\(number) \(row["model"] ?? "") \(sample) \(row["text"] ?? "")"
    }
  }

  func rejects() throws -> [Tool.Row] {
    try Tool.rows(of: String(contentsOfFile: run + "/cold/rejects.jsonl", encoding: .utf8))
  }

  @Test func genericRowsMatchByIDAndByQuestion() throws {
    let shouted = SmallRun.question(2).uppercased().replacingOccurrences(of: ".", with: " --")
    let path = try write(
      [
        ["problem_id": ids[5], "model": "m", "text": "by id"],
        ["question": SmallRun.question(1), "model": "m", "text": "by question"],
        ["question": shouted, "model": "m", "text": "by its words"],
        // An unknown id with a known question.
        ["task_id": "theirs/3", "question": SmallRun.question(3), "model": "m", "text": "both"],
        ["question": "What is this?", "model": "m", "text": "unmatched"],
        ["problem_id": "p0", "model": "m", "text": "unmatched too"],
      ], to: "traces.jsonl")
    let output = try Tool.output("import", run, path)
    #expect(output.contains("left out: unmatched") && output.contains("4 traces"))
    #expect(
      try cold() == ["1 m 0 by question", "2 m 0 by its words", "3 m 0 both", "5 m 0 by id"])
    let rejects = try rejects()
    #expect(rejects.compactMap { $0["row"] as? Int } == [5, 6])
    #expect(rejects.allSatisfy { $0["cause"] as? String == "unmatched" })
    #expect(rejects.last?["id"] as? String == "p0")
    #expect(try Tool.output("validate", run).contains("valid"))
  }

  @Test func oneRowMayHoldManyTraces() throws {
    let path = try write(
      [
        [
          "problem_id": ids[0], "model": "m",
          "responses": [["text": "a", "finish_reason": "stop"], ["text": "b"]],
        ],
        ["problem_id": ids[1], "model": "m", "completions": ["c", "d", "e"]],
      ], to: "traces.jsonl")
    _ = try Tool.output("import", run, path)
    #expect(try cold() == ["0 m 0 a", "0 m 1 b", "1 m 0 c", "1 m 1 d", "1 m 2 e"])
    #expect(try Tool.rows(in: run + "/cold").first?["finish_reason"] as? String == "stop")
  }

  @Test func aMappingOfOnesOwnFollowsDotPaths() throws {
    let mapping = try folder.write(
      """
      about: A log of nested answers.
      each: [output.answers]
      question: input.messages[-1].content
      model: meta.model
      text: item.parts[0].text
      """, to: "mine.yaml")
    let path = try write(
      [
        [
          "input": [
            "messages": [
              ["role": "system", "content": "Be brief."],
              ["role": "user", "content": SmallRun.question(4)],
            ]
          ],
          "meta": ["model": "deep"],
          "output": ["answers": [["parts": [["text": "x"]]], ["parts": [["text": "y"]]]]],
        ]
      ], to: "traces.jsonl")
    _ = try Tool.output("import", run, path, "--mapping", mapping)
    #expect(try cold() == ["4 deep 0 x", "4 deep 1 y"])
  }

  @Test func aFailedRequestOfABatchIsATraceWithAnError() throws {
    func answer(_ id: String, _ texts: [String]) -> Tool.Row {
      let choices = texts.enumerated().map { index, text in
        ["index": index, "finish_reason": "stop", "message": ["content": text]] as Tool.Row
      }
      return [
        "id": "batch-1", "custom_id": id, "error": NSNull(),
        "response": [
          "status_code": 200,
          "body": ["model": "vllm/m", "choices": choices, "usage": ["completion_tokens": 7]],
        ],
      ]
    }
    let failed: Tool.Row = [
      "custom_id": ids[1], "response": NSNull(),
      "error": ["code": "server_error", "message": "The engine stopped."],
    ]
    let path = try write(
      [
        answer(ids[0], ["\\boxed{3}", "\\boxed{4}"]), failed, answer(ids[2] + "#3", ["\\boxed{7}"]),
      ],
      to: "batch.jsonl")
    _ = try Tool.output("import", run, "m=" + path, "--mapping", "openai-batch")
    #expect(try cold() == ["0 m 0 \\boxed{3}", "0 m 1 \\boxed{4}", "1 m 0 ", "2 m 3 \\boxed{7}"])
    let rows = try Tool.rows(in: run + "/cold")
    #expect(rows[2]["error"] as? String == "The engine stopped.")
    #expect((rows[0]["usage"] as? Tool.Row)?["completion_tokens"] as? Int == 7)
    _ = try Tool.output("grade", run)
    #expect(
      try Tool.column("verdict", in: run + "/grades") == [
        "correct", "incorrect", "error", "correct",
      ])
    #expect(try Tool.output("validate", run).contains("valid"))
  }

  @Test func sampleLogsOfTheHarnessRepeatNoRow() throws {
    func row(_ number: Int, filter: String) -> Tool.Row {
      [
        "doc_id": number, "doc": ["question": SmallRun.question(number)],
        "arguments": ["gen_args_0": ["arg_0": "Q: ..."]], "resps": [["one", "two"]],
        "filter": filter,
      ]
    }
    let rows = [0, 3].flatMap { number in
      ["strict-match", "flexible-extract"].map { row(number, filter: $0) }
    }
    let path = try write(rows, to: "samples_gsm8k.jsonl")
    _ = try Tool.output("import", run, "m=" + path, "--mapping", "lm-eval")
    #expect(try cold() == ["0 m 0 one", "0 m 1 two", "3 m 0 one", "3 m 1 two"])
    #expect(try Tool.rows(in: run + "/cold").first?["prompt"] as? String == "Q: ...")
  }

  @Test func completionsOfTRLAreListsOfMessages() throws {
    let path = try write(
      [
        [
          "prompt": [["role": "user", "content": SmallRun.question(2)]],
          "completion": [["role": "assistant", "content": "seven"]],
        ],
        ["prompt": SmallRun.question(5), "completion": "thirteen"],
      ], to: "completions.jsonl")
    _ = try Tool.output("import", run, "m=" + path, "--mapping", "trl")
    #expect(try cold() == ["2 m 0 seven", "5 m 0 thirteen"])
  }

  @Test func filesOfSeveralModelsAreImportedTogether() throws {
    let rows = ids.map { ["problem_id": $0, "text": "t"] as Tool.Row }
    let a = try write(rows, to: "a.jsonl")
    let b = try write(Array(rows.prefix(2)), to: "b.jsonl")
    let output = try Tool.output("import", run, "large=" + a, "small=" + b)
    #expect(output.contains("traces of large") && output.contains("traces of small"))
    #expect(
      try cold().prefix(4) == ["0 large 0 t", "0 small 0 t", "1 large 0 t", "1 small 0 t"])
    #expect(try Tool.rows(in: run + "/cold").count == 8)
  }

  @Test func repeatedSamplesAreNumberedOrRejected() throws {
    let path = try write(
      [
        ["problem_id": ids[0], "model": "m", "text": "first"],
        ["problem_id": ids[0], "model": "m", "text": "second"],
        ["problem_id": ids[1], "model": "m", "text": "one", "sample": 4],
        ["problem_id": ids[1], "model": "m", "text": "again", "sample": 4],
      ], to: "traces.jsonl")
    _ = try Tool.output("import", run, path)
    #expect(try cold() == ["0 m 0 first", "0 m 1 second", "1 m 4 one"])
    let rejects = try rejects()
    #expect(rejects.count == 1 && rejects[0]["row"] as? Int == 4)
    #expect(rejects[0]["cause"] as? String == "repeated")
  }

  @Test func aQuestionOfTwoProblemsIsAmbiguous() throws {
    let twice = SmallRun.line(["question": "Which one?", "gold": "1"])
    let other = SmallRun.line(["question": "Another one?", "gold": "1"])
    let source = try folder.write(twice + twice + other, to: "twice.jsonl")
    let run = folder.path("twice")
    try SmallRun.ingest(source, into: run)
    let path = try write(
      [
        ["question": "Which one?", "model": "m", "text": "a"],
        ["question": "Another one?", "model": "m", "text": "b"],
      ], to: "traces.jsonl")
    #expect(try Tool.output("import", run, path).contains("left out: ambiguous"))
    #expect(try Tool.column("text", in: run + "/cold") == ["b"])
  }

  @Test func aTraceWithoutAModelIsRefused() throws {
    let path = try write([["problem_id": ids[0], "text": "t"]], to: "traces.jsonl")
    try Tool.expectRefusal(["import", run, path], saying: ["traces.jsonl", "row 1", "NAME=FILE"])
    #expect(!FileManager.default.fileExists(atPath: run + "/cold"))
  }

  @Test func aRowWithoutTextStopsOrIsSkipped() throws {
    let path = try write(
      [
        ["problem_id": ids[0], "model": "m", "txet": "t"],
        ["problem_id": ids[1], "model": "m", "text": "t"],
      ], to: "traces.jsonl")
    try Tool.expectRefusal(["import", run, path], saying: ["traces.jsonl", "row 1", "`text`"])
    _ = try Tool.output("import", run, path, "--on-error", "skip")
    #expect(try cold() == ["1 m 0 t"])
    #expect(try rejects().first?["cause"] as? String == "field")
  }
}
