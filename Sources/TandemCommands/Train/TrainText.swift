internal import TandemJSON
internal import TandemTraining

/// What `train` prints at its end.
enum TrainText {
  /// The result of a run.
  static func summary(
    _ outcome: TrainingOutcome, of job: TrainingJob, json: Bool, target: TrainTarget
  ) -> [String] {
    if json {
      let value: JSONValue = [
        "model": .string(target.name), "output": .string(job.output),
        "steps": .number(outcome.steps), "up_to_date": .bool(outcome.wasDone),
        "examples": .number(job.data.sequenceCount), "last": outcome.last?.json ?? .null,
      ]
      return [value.json]
    }
    if outcome.wasDone { return ["\(target.name): up to date in \(job.output)"] }
    let loss = outcome.last.map { ", last loss \(Quantity.fixed($0.loss, 4))" } ?? ""
    return [
      "\(target.name): \(Quantity.count(outcome.steps, of: "step")) on "
        + "\(Quantity.count(job.data.sequenceCount, of: "example")) of "
        + "\(Quantity.count(job.data.problemCount, of: "problem"))\(loss), in \(job.output)"
    ]
  }

  /// What would be done.
  static func preview(_ job: TrainingJob, json: Bool, target: TrainTarget) throws -> [String] {
    let memory = try job.memoryEstimate()
    if json {
      let value: JSONValue = [
        "model": .string(target.name), "steps": .number(job.stepCount),
        "examples": .number(job.data.sequenceCount), "problems": .number(job.data.problemCount),
        "tokens": .number(job.data.counts.tokens), "scored_tokens": .number(job.data.counts.scored),
        "memory": memory.json,
      ]
      return [value.json]
    }
    return [
      "\(target.name): \(Quantity.count(job.stepCount, of: "step")) on "
        + "\(Quantity.count(job.data.sequenceCount, of: "example")) of "
        + "\(Quantity.count(job.data.problemCount, of: "problem")), "
        + "\(Quantity.count(job.data.counts.tokens)) tokens, "
        + "\(Quantity.count(job.data.counts.scored)) of them trained on",
      "memory: weights \(Quantity.bytes(memory.weights)), trained \(Quantity.bytes(memory.trained)), "
        + "activations \(Quantity.bytes(memory.activations)), together \(Quantity.bytes(memory.total))",
    ]
  }

  /// How stored logprobs compare with the model's.
  static func check(_ checks: [LogprobCheck], json: Bool) -> [String] {
    if json { return checks.map(\.json.json) }
    var table = TextTable([
      ("engine", .left), ("mode", .left), ("examples", .right), ("tokens", .right),
      ("mean", .right), ("p99", .right), ("outside 0.9-1.1", .right),
    ])
    for check in checks {
      func number(_ value: Double?) -> String { value.map { Quantity.fixed($0, 4) } ?? "-" }
      table.add([
        check.engine, check.mode, Quantity.count(check.examples), Quantity.count(check.tokens),
        number(check.meanDistance), number(check.percentile99),
        check.shareOutside.map { "\(Quantity.fixed(100 * $0, 2)) %" } ?? "-",
      ])
    }
    return table.lines + [
      "mean and p99 are of the distance of two logprobs of a token, stored and the model's"
    ]
  }
}

extension MemoryEstimate {
  /// The parts in bytes.
  var json: JSONValue {
    [
      "weights": .number(weights), "trained": .number(trained),
      "activations": .number(activations), "total": .number(total),
    ]
  }
}
