package import TandemAnswers
package import TandemJSON
internal import TandemRecords
internal import TandemSources

/// Grades pairs of gold answer and trace from anybody's file, in batches, in order.
package struct PairGrading: Sendable {
  private let options: GradeOptions
  private let onError: RowErrorPolicy
  private let threads: Int
  /// Rows read before they are graded together; small enough for memory, large enough for all threads.
  private static let batch = 4096

  /// Grading of a file.
  ///
  /// - Parameter onError: what a row without a gold answer or a text does; skipped ones have a result too
  package init(options: GradeOptions, onError: RowErrorPolicy = .stop, threads: Int) {
    self.options = options
    self.onError = onError
    self.threads = threads
  }

  /// One row's result.
  package struct Result: Sendable {
    /// The row's id as it is written; nil when it has none.
    package var id: JSONValue?
    package var outcome: Outcome
  }

  /// What became of a row.
  package enum Outcome: Sendable {
    case graded(Grading)
    /// The row cannot be graded: its place and why.
    case skipped(row: Int, reason: String)
  }

  /// Reads a file of any known format and hands results to `body` in the order of the rows.
  ///
  /// - Throws: `SourceError` naming the row that cannot be read, or the first that cannot be graded unless such rows
  ///   are skipped.
  package func callAsFunction(_ path: String, _ body: (Result) throws -> Void) throws {
    let reader = try SourceReader(path: path)
    var pairs: [Row] = []
    func flush() throws {
      for result in try Parallel.map(pairs, threads: threads, result) { try body(result) }
      pairs.removeAll(keepingCapacity: true)
    }
    while let row = try reader.next() {
      pairs.append(try self.row(row))
      if pairs.count == Self.batch { try flush() }
    }
    try flush()
  }

  private typealias Row = (id: JSONValue?, pair: Swift.Result<Pair, SourceError>, row: Int)

  private func row(_ row: SourceRow) throws(SourceError) -> Row {
    do throws(SourceError) { return (row.value["id"], .success(try Pair(row)), row.row) } catch {
      guard onError == .skip else { throw error }
      return (row.value["id"], .failure(error), row.row)
    }
  }

  private func result(_ row: Row) -> Result {
    switch row.pair {
    case .success(let pair): Result(id: row.id, outcome: .graded(grade(pair)))
    case .failure(let error):
      Result(id: row.id, outcome: .skipped(row: row.row, reason: error.message))
    }
  }

  private func grade(_ pair: Pair) -> Grading {
    let key = AnswerKey(
      gold: pair.gold, type: pair.goldType, question: pair.question, choices: pair.choices)
    let grader = Grader(options)
    return pair.isTrace
      ? grader.grade(trace: pair.text, key: key) : grader.grade(answer: pair.text, key: key)
  }
}

/// One row of a file of pairs.
private struct Pair: Sendable {
  var gold: String
  var text: String
  var isTrace: Bool
  var question: String?
  var choices: [String]?
  var goldType: GoldType?

  init(_ row: SourceRow) throws(SourceError) {
    let fields = row.value
    func fault(_ message: String) -> SourceError {
      SourceError(row.file, row: row.row, message)
    }
    guard let gold = Self.text(fields["gold"]) else {
      throw fault("has no `gold`; rows are {id, gold, trace} or {id, gold, answer}")
    }
    self.gold = gold
    if let trace = Self.text(fields["trace"]) {
      (text, isTrace) = (trace, true)
    } else if let answer = Self.text(fields["answer"]) {
      (text, isTrace) = (answer, false)
    } else {
      throw fault("has neither `trace` nor `answer`")
    }
    question = fields["question"]?.string
    choices = fields["choices"]?.array?.compactMap(\.string)
    if let name = fields["gold_type"]?.string {
      guard let type = GoldType(rawValue: name) else {
        let known = GoldType.allCases.map(\.rawValue).joined(separator: ", ")
        throw fault("`gold_type` is none of \(known)")
      }
      goldType = type
    }
  }

  /// A text, or a number as it is written.
  private static func text(_ value: JSONValue?) -> String? {
    if case .number(let text) = value { return text }
    return value?.string
  }
}
