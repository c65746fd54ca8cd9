internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemStages

/// `tandem grade --pairs FILE`: rows to standard output, counts to standard error.
struct GradePairs {
  var path: String
  var options: GradeOptions
  var threads: Int

  func callAsFunction() throws {
    var output = StandardOutput()
    var counts: [Verdict: Int] = [:]
    try PairGrading(options: options, threads: threads)(path) { result in
      counts[result.grading.verdict, default: 0] += 1
      try output.line(result.grading.json(id: result.id).json)
    }
    try output.flush()
    let parts = Verdict.allCases.compactMap { verdict in
      counts[verdict].map { "\(verdict.rawValue) \(Quantity.count($0))" }
    }
    Console.note("grade: \(parts.joined(separator: ", "))")
  }
}
