import Synchronization
import TandemRollouts
import TandemTestEngine

/// Requests, a clock that tests set, and a monitor that counts.
enum CacheFixtures {
  static func request(
    _ number: Int, model: String = "m", prompt: String? = nil, sample: Int = 0
  ) -> RolloutRequest {
    let text = prompt ?? "question \(number)"
    return RolloutRequest(
      engine: EngineIdentity(engine: "scripted/1", model: model),
      prompt: RolloutPrompt(text: text, ids: text.utf8.map { Int32($0) }),
      sampling: RolloutParameters(), seed: 1000 + number, sample: sample)
  }

  static func rollout(_ number: Int, model: String = "m") -> Rollout {
    let request = request(number, model: model)
    return Rollout(request: request, sample: ScriptedEngine.answer(to: request))
  }
}

final class SetClock: CacheClock {
  private let time = Mutex(1_000_000_000)

  var now: Int { time.withLock { $0 } }

  func advance(days: Int) { time.withLock { $0 += days * 86_400 } }
}

final class CountingMonitor: FillingMonitor {
  struct Counts: Hashable {
    var found = 0
    var stored = 0
    var failed = 0
    var tokens = 0
  }

  struct Stopped: Error {}

  private let state = Mutex(Counts())
  private let limit: Int

  /// Asks to stop once so many tokens were generated.
  init(stopAfter limit: Int = .max) { self.limit = limit }

  var counts: Counts { state.withLock { $0 } }

  func found() { state.withLock { $0.found += 1 } }
  func stored() { state.withLock { $0.stored += 1 } }
  func failed() { state.withLock { $0.failed += 1 } }
  func generated(_ tokens: Int) { state.withLock { $0.tokens += tokens } }
  func check() throws { if counts.tokens >= limit { throw Stopped() } }
}

/// Requests from a list.
final class ListSource: RolloutSource {
  private let rest: Mutex<ArraySlice<RolloutRequest>>

  init(_ requests: [RolloutRequest]) { rest = Mutex(requests[...]) }

  func next() -> RolloutRequest? { rest.withLock { $0.popFirst() } }
}
