internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemStages

/// `tandem grade --pairs FILE`: rows to standard output, counts to standard error.
struct GradePairs {
  var path: String
  var options: GradeOptions
  var onError: RowErrorPolicy
  var threads: Int

  func callAsFunction() throws {
    var output = StandardOutput()
    var counts: [Verdict: Int] = [:]
    var skipped = 0
    try PairGrading(options: options, onError: onError, threads: threads)(path) { result in
      switch result.outcome {
      case .graded(let grading):
        counts[grading.verdict, default: 0] += 1
        try output.line(grading.json(id: result.id).json)
      case .skipped(let row, let reason):
        skipped += 1
        try output.line(Self.json(id: result.id, row: row, reason: reason).json)
      }
    }
    try output.flush()
    let parts = Verdict.allCases.compactMap { verdict in
      counts[verdict].map { "\(verdict.rawValue) \(Quantity.count($0))" }
    }
    let left = skipped > 0 ? ["skipped \(Quantity.count(skipped))"] : []
    Console.note("grade: \((parts + left).joined(separator: ", "))")
  }

  /// A row that could not be graded.
  private static func json(id: JSONValue?, row: Int, reason: String) -> JSONValue {
    var object = JSONObject()
    object["id"] = id
    object["row"] = .number(row)
    object["error"] = .string(reason)
    return .object(object)
  }
}
