import TandemJSON
import Testing

@testable import TandemSources

@Suite struct TraceMapperTests {
  private func traces(_ mapping: String, _ lines: [String]) throws -> [MappedTrace] {
    var mapper = TraceMapper(try TraceMappings.mapping(mapping))
    return try lines.enumerated().flatMap { index, line in
      let value = try JSONValue(parsing: line).object ?? JSONObject()
      return try mapper.traces(from: SourceRow(file: "f", row: index + 1, value: value))
    }
  }

  @Test func genericRows() throws {
    let found = try traces(
      "generic",
      [
        #"{"problem_id": "p", "model": "m", "text": "t", "sample": 2, "token_ids": [1, 2], "logprobs": [-0.5, -1], "finish_reason": "stop", "usage": {"completion_tokens": 2}, "sampling": {"temperature": 1}}"#,
        #"{"question": "q", "responses": ["a", {"text": "b"}]}"#,
        #"{"id": 7, "completion": "c", "error": ""}"#,
        #"{"id": "x", "error": {"message": "timed out"}}"#,
      ])
    var first = MappedTrace(text: "t")
    first.problemID = "p"
    first.model = "m"
    first.sample = 2
    first.tokenIDs = [1, 2]
    first.logprobs = [-0.5, -1]
    first.finishReason = "stop"
    first.usage = JSONObject([.init(key: "completion_tokens", value: 2)])
    first.sampling = JSONObject([.init(key: "temperature", value: 1)])
    #expect(found.first == first)
    #expect(found.map(\.text) == ["t", "a", "b", "c", ""])
    #expect(found.map(\.sample) == [2, 0, 1, nil, nil])
    #expect(found.map(\.problemID) == ["p", nil, nil, "7", "x"])
    #expect(found.map(\.error) == [nil, nil, nil, nil, "timed out"])
  }

  @Test func batchOutput() throws {
    let found = try traces(
      "openai-batch",
      [
        #"{"id": "batch_req_1", "custom_id": "p-1#3", "response": {"status_code": 200, "request_id": "r", "body": {"model": "m", "choices": [{"index": 0, "message": {"role": "assistant", "content": "yes"}, "logprobs": {"content": [{"token": "y", "logprob": -0.25}]}, "finish_reason": "stop"}], "usage": {"completion_tokens": 1}}}, "error": null}"#,
        #"{"id": "batch_req_2", "custom_id": "p-2", "response": {"status_code": 200, "body": {"model": "m", "choices": [{"index": 0, "text": "a"}, {"index": 1, "text": "b"}]}}, "error": null}"#,
        #"{"id": "batch_req_3", "custom_id": "p-3", "response": null, "error": {"code": "batch_expired", "message": "too late"}}"#,
        #"{"id": "batch_req_4", "custom_id": "p-4", "response": {"status_code": 400, "body": {"error": {"message": "bad request"}}}, "error": null}"#,
      ])
    #expect(found.map(\.problemID) == ["p-1", "p-2", "p-2", "p-3", "p-4"])
    #expect(found.map(\.sample) == [3, 0, 1, nil, nil])
    #expect(found.map(\.text) == ["yes", "a", "b", "", ""])
    #expect(found.map(\.error) == [nil, nil, nil, "too late", "bad request"])
    #expect(found.map(\.model) == ["m", "m", "m", nil, nil])
    #expect(found.first?.logprobs == [-0.25])
    #expect(found.first?.usage?["completion_tokens"]?.int == 1)
  }

  @Test func evaluationHarnessSamples() throws {
    // Each document comes once for every filter, with the same responses.
    let rows = ["strict-match", "flexible-extract"].flatMap { filter in
      (0..<2).map { id in
        #"{"doc_id": \#(id), "doc": {"question": "q\#(id)", "answer": "1"}, "target": "1", "arguments": {"gen_args_0": {"arg_0": "Q: q\#(id)", "arg_1": {"until": []}}}, "resps": [["r\#(id)", "s\#(id)"]], "filtered_resps": ["1"], "filter": "\#(filter)"}"#
      }
    }
    let found = try traces("lm-eval", rows)
    #expect(found.map(\.text) == ["r0", "s0", "r1", "s1"])
    #expect(found.map(\.sample) == [0, 1, 0, 1])
    #expect(found.map(\.problemID) == ["0", "0", "1", "1"])
    #expect(found.map(\.question) == ["q0", "q0", "q1", "q1"])
    #expect(found.first?.prompt == "Q: q0")
  }

  @Test func trainerCompletions() throws {
    let found = try traces(
      "trl",
      [
        #"{"step": 1, "prompt": "q", "completion": "c", "advantage": 0.5}"#,
        #"{"prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}], "completion": [{"role": "assistant", "content": "c"}]}"#,
        #"{"prompt": "q", "completions": ["c", "d"]}"#,
        #"{"prompt": "q", "completions": [[{"role": "assistant", "content": "c"}]]}"#,
      ])
    #expect(found.map(\.text) == ["c", "c", "c", "d", "c"])
    #expect(found.map(\.question) == ["q", "q", "q", "q", "q"])
  }

  @Test func missingPartsAreNamed() throws {
    #expect(
      throws: SourceError(
        "f", row: 1,
        "has no field `problem_id` or `question_id` or `task_id` or `id` or `custom_id` or `question` or `problem` or `query` or `instruction` for `problem_id`; its fields are text"
      )
    ) {
      try traces("generic", [#"{"text": "t"}"#])
    }
    #expect(throws: SourceError("f", row: 1, "has token ids that are not whole numbers")) {
      try traces("generic", [#"{"id": "p", "text": "t", "token_ids": [1.5]}"#])
    }
  }

  @Test(.enabled(if: SharedData.isPresent, SharedData.needed))
  func publishedSolutionsOfFourModels() throws {
    var mapper = TraceMapper(try TraceMappings.mapping("openai-gsm8k-solutions"))
    var models: [String: Int] = [:]
    var questions: Set<String> = []
    let reader = try SourceReader(path: SharedData.path("gsm8k/example_model_solutions.jsonl"))
    while let row = try reader.next() {
      for trace in try mapper.traces(from: row) {
        models[trace.model ?? "", default: 0] += 1
        questions.insert(trace.question ?? "")
        #expect(trace.text == row.value[trace.model ?? ""]?.object?["solution"]?.string)
      }
    }
    #expect(models.count == 4 && models.values.allSatisfy { $0 == 1_319 })
    let test = try rows(SharedData.path("gsm8k/test.jsonl"))
    #expect(questions == Set(test.compactMap { $0.text("question") }))
  }
}
