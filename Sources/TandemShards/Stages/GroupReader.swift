package import TandemRecords

/// A row that belongs to a problem.
package protocol ProblemRow: Record {
  var problemID: String { get }
}

extension Trace: ProblemRow {}
extension Grade: ProblemRow {}
extension Hint: ProblemRow {}
extension Reward: ProblemRow {}

/// The rows of one part, problem by problem, beside the stream of problems in the same order.
///
/// Holds the rows of one problem. Rows out of order are an error that names both files.
package struct GroupReader<Row: ProblemRow>: ~Copyable {
  private var reader: RowReader<Row>
  private var ahead: Row?
  private let problems: String

  /// Opens a part that lies beside `problems`.
  package init(_ reader: consuming RowReader<Row>, beside problems: String) throws(ShardError) {
    self.reader = reader
    self.problems = problems
    ahead = try self.reader.next()
  }

  /// The rows of the next problem; none when it has none.
  package mutating func rows(of problemID: String) throws(ShardError) -> [Row] {
    var rows: [Row] = []
    while let row = ahead, row.problemID == problemID {
      rows.append(row)
      ahead = try reader.next()
    }
    return rows
  }

  /// Checks that no row is left once all problems have passed.
  package func finish() throws(ShardError) {
    guard ahead != nil else { return }
    throw ShardError(
      reader.path, row: reader.row,
      "belongs to no problem at this place in \(problems); make it again from these problems")
  }
}
