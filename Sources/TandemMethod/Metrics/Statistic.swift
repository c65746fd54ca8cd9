/// A number that follows from sums over problems.
indirect enum Statistic: Hashable, Sendable {
  /// The sum of a column over the sum of another, or over the number of problems.
  case ratio(Int, over: Int?)
  /// The largest defined one.
  case best([Statistic])
  /// The first less the second.
  case difference(Statistic, Statistic)
  /// The mean correlation of pairs of 0/1 columns over the pairs that vary.
  case correlation([Pair])

  /// The columns of the sums that the correlation of two 0/1 variables needs.
  struct Pair: Hashable, Sendable {
    /// Where the first variable is 1, and where the second is.
    var first: Int
    var second: Int
    /// Where both are.
    var both: Int
    /// Where both are known; nil when that is everywhere.
    var known: Int?
  }

  /// The value for the sums of all columns over `problems` problems; nil when undefined.
  func value(_ sums: ColumnSums, problems: Int) -> Double? {
    switch self {
    case .ratio(let column, over: let divisor):
      let count = divisor.map { sums[$0] } ?? Double(problems)
      return count > 0 ? sums[column] / count : nil
    case .best(let candidates):
      return candidates.compactMap { $0.value(sums, problems: problems) }.max()
    case .difference(let a, let b):
      guard let a = a.value(sums, problems: problems), let b = b.value(sums, problems: problems)
      else { return nil }
      return a - b
    case .correlation(let pairs):
      let values = pairs.compactMap { Self.phi($0, sums, problems) }
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
  }

  /// The phi coefficient; nil where one variable is constant.
  private static func phi(_ pair: Pair, _ sums: ColumnSums, _ problems: Int) -> Double? {
    let count = pair.known.map { sums[$0] } ?? Double(problems)
    let (a, b) = (sums[pair.first], sums[pair.second])
    // All sums are whole numbers, so that a constant variable gives exactly 0.
    let spread = a * (count - a) * b * (count - b)
    return spread > 0 ? (count * sums[pair.both] - a * b) / spread.squareRoot() : nil
  }
}

/// One number a problem and column, laid out so that a problem's numbers are added four at a time.
struct ProblemColumns: Sendable {
  /// The number of problems.
  let problems: Int
  /// Groups of four columns.
  let stride: Int
  /// problems x stride.
  let rows: [SIMD4<Double>]

  /// Lays out columns of `problems` numbers each.
  init(_ columns: [[Double]], problems: Int) {
    let stride = (columns.count + 3) / 4
    var rows = [SIMD4<Double>](repeating: .zero, count: problems * stride)
    for (index, column) in columns.enumerated() {
      for (problem, value) in column.prefix(problems).enumerated() {
        rows[problem * stride + index / 4][index % 4] = value
      }
    }
    self.problems = problems
    self.stride = stride
    self.rows = rows
  }

  /// The sums over all problems.
  var sums: ColumnSums {
    var sums = ColumnSums(groups: stride)
    for problem in 0..<problems { sums.add(problem, times: 1, of: self) }
    return sums
  }
}

/// A sum for each column.
struct ColumnSums: Sendable {
  private var groups: [SIMD4<Double>]

  init(groups: Int) {
    self.groups = Array(repeating: .zero, count: groups)
  }

  subscript(column: Int) -> Double { groups[column / 4][column % 4] }

  mutating func clear() {
    for group in groups.indices { groups[group] = .zero }
  }

  /// Adds a problem's numbers, `weight` times.
  mutating func add(_ problem: Int, times weight: Double, of columns: ProblemColumns) {
    let start = problem * columns.stride
    for group in groups.indices { groups[group] += weight * columns.rows[start + group] }
  }
}
