internal import Synchronization
internal import TandemRollouts

/// Tells a stage's progress of a filling, counts what was computed, and stops it when the user asks.
final class SamplingMonitor: FillingMonitor {
  private let context: StageContext
  private let computed = Atomic<Int>(0)

  init(_ context: StageContext) {
    self.context = context
  }

  /// Samples that were computed and stored.
  var sampled: Int { computed.load(ordering: .relaxed) }

  func found() { context.progress.skip(1) }

  func stored() {
    computed.wrappingAdd(1, ordering: .relaxed)
    context.progress.advance(1)
  }

  func failed() { context.progress.advance(1) }

  func generated(_ tokens: Int) { context.progress.generated(tokens) }

  func check() throws { try context.cancellation.check() }
}
