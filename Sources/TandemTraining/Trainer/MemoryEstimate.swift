internal import Glibc
package import TandemLM
internal import TandemShards

/// The memory that a run will take at its peak, in bytes.
package struct MemoryEstimate: Hashable, Sendable {
  /// Frozen weights, widened to 32 bits.
  package var weights = 0
  /// Trained numbers, with their gradients and the optimiser's two means.
  package var trained = 0
  /// What the largest micro-batch leaves and needs.
  package var activations = 0

  package var total: Int { weights + trained + activations }

  /// The estimate for a model.
  ///
  /// - Parameters:
  ///   - adapter: nil trains all parameters.
  ///   - size: the largest micro-batch.
  package init(
    _ model: ModelConfiguration, adapter: AdapterPlan?, size: WorkspaceSize, threads: Int
  ) {
    var ranks: [ProjectionStack: Int] = [:]
    if let adapter {
      weights = 4 * model.parameterCount
      trained = 16 * adapter.tensors(model).reduce(0) { $0 + $1.count }
      for stack in ProjectionStack.allCases {
        ranks[stack] = stack.projections.count(where: adapter.targets.contains) * adapter.rank
      }
    } else {
      trained = 16 * model.parameterCount
    }
    activations =
      4
      * (Workspace.count(model, ranks: ranks, size: size, lanes: threads)
        + size.longest * model.headSize)
  }

  /// The bytes that this machine can give without swapping; nil where the system does not say.
  package static var available: Int? {
    // Files under /proc have no size, so that they are read as a stream.
    guard let file = fopen("/proc/meminfo", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix("MemAvailable:") else { continue }
      return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }
}
