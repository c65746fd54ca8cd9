internal import TandemRollouts

/// Tells a stage's progress and stop of a filling.
struct SamplingMonitor: FillingMonitor {
  let context: StageContext

  func found() { context.progress.skip(1) }

  func stored() { context.progress.advance(1) }

  func failed() { context.progress.advance(1) }

  func generated(_ tokens: Int) { context.progress.generated(tokens) }

  func check() throws { try context.cancellation.check() }
}
