import Synchronization
import TandemMath

@testable import TandemLM

/// Notes which tensors a model asks for.
final class Recorder: WeightSource {
  let wanted = Mutex<[WantedTensor]>([])
  private let source: RandomWeights

  init(_ source: RandomWeights) {
    self.source = source
  }

  func withTensors<Result>(
    _ wanted: [WantedTensor], _ body: ([TensorBytes]) throws -> Result
  ) throws -> Result {
    self.wanted.withLock { $0 += wanted }
    return try source.withTensors(wanted, body)
  }
}
