/// Everything that is trained, in one piece of memory, with its gradient.
final class ParameterStore {
  /// One tensor: its name in files, and where it stands.
  struct Entry: Hashable {
    let name: String
    /// Sizes, the slowest varying first: one or two.
    let shape: [Int]
    let range: Range<Int>
  }

  let entries: [Entry]
  let values: FloatMemory
  let gradients: FloatMemory
  private let indexOfName: [String: Int]

  /// Reserves memory for tensors, one after another in the order given.
  init(_ tensors: [TensorShape]) throws(TrainingError) {
    var entries: [Entry] = []
    var offset = 0
    for tensor in tensors {
      entries.append(
        Entry(name: tensor.name, shape: tensor.sizes, range: offset..<offset + tensor.count))
      offset += tensor.count
    }
    self.entries = entries
    indexOfName = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
    values = try FloatMemory(count: offset)
    gradients = try FloatMemory(count: offset)
  }

  /// The number of trained numbers.
  var count: Int { values.count }

  /// Tensors that stand one after another, as one matrix of as many rows as they have together.
  ///
  /// - Parameter columns: the columns of a matrix; nil makes one row.
  func parameter(_ names: [String], columns: Int?) -> Parameter {
    let found = names.compactMap { indexOfName[$0].map { entries[$0] } }
    precondition(
      found.count == names.count
        && zip(found, found.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound },
      "\(names) do not stand together")
    let offset = found.first?.range.lowerBound ?? 0
    let count = found.reduce(0) { $0 + $1.range.count }
    let rows = columns.map { count / $0 } ?? 1
    return Parameter(
      value: Matrix(values, offset: offset, rows: rows, columns: columns ?? count),
      gradient: Matrix(gradients, offset: offset, rows: rows, columns: columns ?? count))
  }

  /// Makes every gradient zero.
  func clearGradients() {
    gradients.base.update(repeating: 0, count: gradients.count)
  }
}

/// A tensor's name and sizes.
struct TensorShape: Hashable {
  let name: String
  let sizes: [Int]

  var count: Int { sizes.reduce(1, *) }
}
