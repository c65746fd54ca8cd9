internal import Dispatch
internal import Synchronization

/// Hands requests to one engine, takes its samples, and stores them behind its back.
///
/// Samples that end while others are being stored are stored with one commit after them: the engine never waits for
/// the disk, and a fast one does not pay for a sync a sample. What the monitor is told of is durable.
final class FillingDesk<Monitor: FillingMonitor, Model: Engine>: RolloutQueue {
  private struct State {
    /// Requests in the engine's hands, or about to be, or on their way to the disk.
    var claimed: Set<RolloutKey> = []
    /// The first request, which was taken before the engine was asked to work.
    var first: RolloutRequest?
    /// Samples that are to be stored.
    var ended: [Rollout] = []
    /// Requests that another process has claimed.
    var waiting: [RolloutRequest] = []
    var failures: [RolloutKey: String] = [:]
    /// Why samples cannot be stored.
    var fault: (any Error)?
  }

  private let cache: RolloutCache
  private let monitor: Monitor
  private let engine: Model
  private let state = Mutex(State())
  private let source = Mutex<(@Sendable () throws -> RolloutRequest?)?>(nil)
  private let storing = DispatchQueue(label: "rollouts")

  init(cache: RolloutCache, monitor: Monitor, engine: Model) {
    self.cache = cache
    self.monitor = monitor
    self.engine = engine
  }

  /// The requests that failed, with the reasons.
  var failures: [RolloutKey: String] { state.withLock { $0.failures } }

  /// Goes through requests once, and returns those that another process has in hand.
  func work(through requests: @escaping @Sendable () throws -> RolloutRequest?) throws
    -> [RolloutRequest]
  {
    source.withLock { $0 = requests }
    defer { releaseAll() }
    // An engine that finds nothing to do is not asked, so that it need not load its model.
    if let first = try pull() {
      state.withLock { $0.first = first }
      do {
        try engine.sample(self)
      } catch {
        storing.sync { storeEnded() }
        throw error
      }
      storing.sync { storeEnded() }
      try checkFault()
      guard state.withLock({ $0.claimed.isEmpty && $0.first == nil }) else {
        throw RolloutError(first.engine.engine, "has returned before all its samples had ended")
      }
    }
    return state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }

  // MARK: The engine's side

  func next() throws -> RolloutRequest? {
    try checkFault()
    if let first = state.withLock({ $0.first.take() }) { return first }
    return try pull()
  }

  func end(_ request: RolloutRequest, _ outcome: RolloutOutcome) throws {
    switch outcome {
    case .sample(let sample):
      try engine.confirmIdentity()
      let isFirst = state.withLock { state in
        state.ended.append(Rollout(request: request, sample: sample))
        return state.ended.count == 1
      }
      if isFirst { storing.async { self.storeEnded() } }
    case .failure(let reason):
      let key = RolloutKey(request)
      state.withLock { $0.failures[key] = reason }
      release([key])
      monitor.failed()
    }
    try checkFault()
    try monitor.check()
  }

  func generated(_ tokens: Int) throws {
    monitor.generated(tokens)
    try checkFault()
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

  // MARK: The disk's side

  /// Stores what has ended by now; runs on the storing queue alone.
  private func storeEnded() {
    let rollouts = state.withLock { state in
      defer { state.ended = [] }
      return state.fault == nil ? state.ended : []
    }
    guard !rollouts.isEmpty else { return }
    do {
      try cache.store(rollouts)
      release(rollouts.map { RolloutKey($0.request) })
      for _ in rollouts { monitor.stored() }
    } catch {
      state.withLock { $0.fault = error }
    }
  }

  private func checkFault() throws {
    if let fault = state.withLock({ $0.fault }) { throw fault }
  }

  private func release(_ keys: [RolloutKey]) {
    state.withLock { $0.claimed.subtract(keys) }
    for key in keys { cache.release(key) }
  }

  private func releaseAll() {
    release(Array(state.withLock { $0.claimed }))
  }
}
