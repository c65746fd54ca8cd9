internal import Glibc

/// Tells the time, by which entries grow old.
package protocol CacheClock: Sendable {
  /// Whole seconds since 1970.
  var now: Int { get }
}

/// The machine's clock.
package struct SystemCacheClock: CacheClock {
  package init() {}

  package var now: Int { time(nil) }
}

extension CacheClock where Self == SystemCacheClock {
  /// The machine's clock.
  package static var system: SystemCacheClock { SystemCacheClock() }
}
