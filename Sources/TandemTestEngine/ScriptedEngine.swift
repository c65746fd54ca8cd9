internal import Dispatch
internal import Synchronization
package import TandemJSON
internal import TandemRecords
package import TandemRollouts

/// An engine without a model: what it writes follows from the request alone, at once, on several threads.
///
/// Its tokens are bytes, and 256 ends an answer.
package struct ScriptedEngine: Engine {
  package typealias Watch = @Sendable (RolloutRequest) throws -> Void

  package var identity: EngineIdentity
  package var stopTokenIDs: [Int32] = [256]
  package var promptFormat: JSONValue = "bytes"
  /// What it writes.
  package var script: @Sendable (RolloutRequest) -> RolloutOutcome = {
    .sample(Self.answer(to: $0))
  }
  /// How many requests it works on at once.
  package var threads = 1
  /// Called before a request is worked on.
  package var begins: Watch = { _ in }
  /// Called once the queue has taken the sample.
  package var ended: Watch = { _ in }
  /// Called for every sample before it is kept.
  package var confirms: @Sendable () throws -> Void = {}

  /// A model of this name.
  package init(model: String, adapter: String? = nil) {
    identity = EngineIdentity(engine: "scripted/1", model: model, adapter: adapter)
  }

  package func prompt(_ text: String) throws -> RolloutPrompt {
    RolloutPrompt(text: text, ids: text.utf8.map { Int32($0) })
  }

  package func confirmIdentity() throws { try confirms() }

  package func sample(_ queue: some RolloutQueue) throws {
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      do {
        while failure.withLock({ $0 == nil }), let request = try queue.next() {
          try begins(request)
          let outcome = script(request)
          try queue.generated(64)
          try queue.end(request, outcome)
          try ended(request)
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Some words and a boxed number, by model, prompt and seed.
  package static func answer(to request: RolloutRequest) -> RolloutSample {
    let key = ContentID.seed([request.engine.model, request.prompt.text, String(request.seed)])
    var draws = PhiloxSequence(seed: key)
    let words = (0..<8 + Int(draws.next() % 40)).map { _ in "w\(draws.next() % 1000)" }
    let text = words.joined(separator: " ") + " \\boxed{\(draws.next() % 10)}"
    let ids = text.utf8.map { Int32($0) } + [256]
    let raw = ids.map { _ in -Int32(truncatingIfNeeded: draws.next() % 90_000) }
    return RolloutSample(
      text: text, tokenIDs: ids, rawLogprobsE4: raw, samplingLogprobsE4: raw.map { $0 / 2 },
      finishReason: FinishReason.stop, promptTokens: request.prompt.ids?.count,
      completionTokens: ids.count)
  }
}
