internal import TandemLM

/// Where the model finds its weights: frozen ones in memory of their own, trained ones in a store.
enum WeightPlace {
  case frozen(Checkpoint)
  case trained(ParameterStore)

  /// Matrices of the same number of columns, stacked.
  func matrices(_ names: [(name: String, rows: Int)], columns: Int) throws -> WeightView {
    switch self {
    case .trained(let store):
      return WeightView(store.parameter(names.map(\.name), columns: columns))
    case .frozen(let checkpoint):
      let memory = try FloatMemory(count: names.reduce(0) { $0 + $1.rows } * columns)
      var offset = 0
      for (name, rows) in names {
        try checkpoint.read(name, shape: [rows, columns], into: memory.base + offset)
        offset += rows * columns
      }
      return WeightView(
        value: Matrix(memory, rows: offset / columns, columns: columns), gradient: nil)
    }
  }

  /// Vectors, one after another in one row.
  func vectors(_ names: [(name: String, size: Int)]) throws -> WeightView {
    switch self {
    case .trained(let store): return WeightView(store.parameter(names.map(\.name), columns: nil))
    case .frozen(let checkpoint):
      let memory = try FloatMemory(count: names.reduce(0) { $0 + $1.size })
      var offset = 0
      for (name, size) in names {
        try checkpoint.read(name, shape: [size], into: memory.base + offset)
        offset += size
      }
      return WeightView(value: Matrix(memory, rows: 1, columns: offset), gradient: nil)
    }
  }
}

/// A weight, with its gradient where it is trained.
struct WeightView {
  let value: Matrix
  let gradient: Matrix?

  init(value: Matrix, gradient: Matrix?) {
    self.value = value
    self.gradient = gradient
  }

  init(_ parameter: Parameter) {
    self.init(value: parameter.value, gradient: parameter.gradient)
  }
}

extension Checkpoint {
  /// Widens a tensor to memory of its size; the file's bytes are given back.
  ///
  /// - Throws: `ModelError` naming the tensor.
  func read(_ name: String, shape: [Int], into target: UnsafeMutablePointer<Float>) throws {
    guard let (file, _) = tensor(name) else {
      throw ModelError(folder, "tensor `\(name)` is missing")
    }
    let entry = try file.weight(name, shape: shape)
    file.read(
      entry, into: UnsafeMutableBufferPointer(start: target, count: entry.elementCount))
    file.forget(entry)
  }
}
