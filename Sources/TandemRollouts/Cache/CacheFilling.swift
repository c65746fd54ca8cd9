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
