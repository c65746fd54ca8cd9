internal import Glibc
internal import Synchronization

/// Where the requests of a filling come from, in order; may be asked from any thread.
package protocol RolloutSource: Sendable {
  /// The next request; nil when there are no more.
  func next() throws -> RolloutRequest?
}

/// Watches a filling; may be called from any thread.
package protocol FillingMonitor: Sendable {
  /// A sample is in the cache: it was there, or another process has put it there.
  func found()
  /// A sample was computed and is durable.
  func stored()
  /// A request has failed for good.
  func failed()
  /// Tokens were generated.
  func generated(_ tokens: Int)
  /// Throws when the work is to stop.
  func check() throws
}

/// Brings the samples of many requests into a cache: computes what is not there, and nothing twice.
///
/// Several processes may fill one cache at once. Each claims a request before it computes it; what another one has
/// claimed is put off, and at the end either found or, where the other has died, computed here.
package struct CacheFilling<Source: RolloutSource, Monitor: FillingMonitor>: Sendable {
  private let cache: RolloutCache
  private let monitor: Monitor

  package init(_ cache: RolloutCache, monitor: Monitor) {
    self.cache = cache
    self.monitor = monitor
  }

  /// Fills in what the source asks for.
  ///
  /// - Returns: the requests that failed, with the reasons.
  package func callAsFunction(_ source: Source, with engine: some Engine) throws
    -> [RolloutKey: String]
  {
    let desk = FillingDesk(cache: cache, monitor: monitor, engine: engine)
    var waiting = try desk.work(through: source.next)
    while !waiting.isEmpty {
      let before = waiting.count
      let rest = Mutex(waiting[...])
      waiting = try desk.work { rest.withLock { $0.popFirst() } }
      // Another process is at work on all that is left; it has no way to tell us when it is done.
      if waiting.count == before { usleep(50_000) }
      try monitor.check()
    }
    return desk.failures
  }
}

/// Hands requests to one engine and takes its samples.
private final class FillingDesk<Monitor: FillingMonitor, Model: Engine>: RolloutQueue {
  private struct State {
    /// Requests in the engine's hands, or about to be.
    var claimed: Set<RolloutKey> = []
    /// The first request, which was taken before the engine was asked to work.
    var first: RolloutRequest?
    /// Requests that another process has claimed.
    var waiting: [RolloutRequest] = []
    var failures: [RolloutKey: String] = [:]
  }

  private let cache: RolloutCache
  private let monitor: Monitor
  private let engine: Model
  private let state = Mutex(State())
  private let source = Mutex<(@Sendable () throws -> RolloutRequest?)?>(nil)

  init(cache: RolloutCache, monitor: Monitor, engine: Model) {
    self.cache = cache
    self.monitor = monitor
    self.engine = engine
  }

  var failures: [RolloutKey: String] { state.withLock { $0.failures } }

  /// Goes through requests once, and returns those that another process has in hand.
  func work(through requests: @escaping @Sendable () throws -> RolloutRequest?) throws
    -> [RolloutRequest]
  {
    source.withLock { $0 = requests }
    defer {
      let left = state.withLock { state in
        defer { state.claimed = [] }
        return state.claimed
      }
      for key in left { cache.release(key) }
    }
    // An engine that finds nothing to do is not asked, so that it need not load its model.
    if let first = try pull() {
      state.withLock { $0.first = first }
      try engine.sample(self)
      guard state.withLock({ $0.claimed.isEmpty && $0.first == nil }) else {
        throw RolloutError(first.engine.engine, "has returned before all its samples had ended")
      }
    }
    return state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }

  func next() throws -> RolloutRequest? {
    if let first = state.withLock({ $0.first.take() }) { return first }
    return try pull()
  }

  func end(_ request: RolloutRequest, _ outcome: RolloutOutcome) throws {
    let key = RolloutKey(request)
    switch outcome {
    case .sample(let sample):
      try engine.confirmIdentity()
      try cache.store(Rollout(request: request, sample: sample))
      monitor.stored()
    case .failure(let reason):
      state.withLock { $0.failures[key] = reason }
      monitor.failed()
    }
    _ = state.withLock { $0.claimed.remove(key) }
    cache.release(key)
    try monitor.check()
  }

  func generated(_ tokens: Int) throws {
    monitor.generated(tokens)
    try monitor.check()
  }

  /// The next request that is to be computed here, claimed.
  private func pull() throws -> RolloutRequest? {
    while let request = try source.withLock({ $0 })?() {
      try monitor.check()
      let key = RolloutKey(request)
      if try cache.contains(key) {
        monitor.found()
        continue
      }
      guard try cache.claim(key) else {
        state.withLock { $0.waiting.append(request) }
        continue
      }
      // Between the look and the claim another process may have stored it and given its claim back.
      if try cache.contains(key) {
        cache.release(key)
        monitor.found()
        continue
      }
      _ = state.withLock { $0.claimed.insert(key) }
      return request
    }
    return nil
  }
}
